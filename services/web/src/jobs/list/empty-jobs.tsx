import { Button, Group } from '@mantine/core'
import { IconCircleCheck, IconFilterOff, IconTimelineEvent } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { clearedSearch, type JobSearch } from '../job-search.ts'

/** Why the list is empty, and the way on: filters that hide everything, a good night, or nothing yet. */
export function EmptyJobs({ search, onSearch }: { search: JobSearch; onSearch: (change: Partial<JobSearch>) => void }) {
  const { tab, resolved } = search
  if (isFiltered(search)) {
    return (
      <EmptyNote icon={IconFilterOff} title="No job matches these filters" text="Loosen one of them, or start over.">
        <Button variant="default" onClick={() => onSearch(allUndefined(search))}>
          Clear the filters
        </Button>
      </EmptyNote>
    )
  }
  if (tab === 'failed') {
    return (
      <EmptyNote
        icon={IconCircleCheck}
        title={resolved === undefined ? 'No failure is open' : 'No job has failed'}
        text={
          resolved === undefined
            ? 'Failed jobs that a later attempt fixed are hidden; the switch above shows them.'
            : 'Jobs that fail are listed here, with what went wrong and how to fix it.'
        }
      />
    )
  }
  if (tab === 'active') {
    return (
      <EmptyNote icon={IconTimelineEvent} title="Nothing is running" text="Waiting and running jobs appear here." />
    )
  }
  return (
    <EmptyNote
      icon={IconTimelineEvent}
      title="No jobs yet"
      text="Add a connection and discover it: the discovery is a job, and so is everything it starts."
    >
      <Group>
        <Button renderRoot={(props) => <Link {...props} to="/connections" />}>Go to the connections</Button>
      </Group>
    </EmptyNote>
  )
}

/** A change that takes every filter back, by name. */
function allUndefined(search: JobSearch): Partial<JobSearch> {
  const kept = clearedSearch(search)
  return { ...Object.fromEntries(Object.keys(search).map((name) => [name, undefined])), ...kept }
}

function isFiltered(search: JobSearch): boolean {
  const unfiltered: JobSearch = { ...clearedSearch(search), resolved: search.resolved }
  return Object.entries(search).some(([name, value]) => value !== undefined && !Object.hasOwn(unfiltered, name))
}
