import { Badge, Group, Switch, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { jobCounts } from '../../api/job-calls.ts'
import { usePinnedNow } from '../../live/use-pinned-now.ts'
import { numberText } from '../../text/count.ts'
import { countQuery, jobTabNames, type JobSearch } from '../job-search.ts'
import { tabLabels } from '../labels.ts'
import { countOfTab, countText } from './tab-count.ts'
import classes from './filters.module.css'
import type { JobCounts } from '@plumbline/api'
import type { JobTab } from '@plumbline/workflows'

interface JobTabsProps {
  search: JobSearch
  onSearch: (change: Partial<JobSearch>) => void
}

/** All, Active, Completed, Failed: each with how many there are under the filters that are on. */
export function JobTabs({ search, onSearch }: JobTabsProps) {
  const { data: counts } = useQuery(jobCounts(countQuery(search, usePinnedNow(search.range))))
  const open = search.tab ?? 'all'
  return (
    <Group justify="space-between" gap="xs" className={classes.tabs ?? ''}>
      <Tabs
        value={open}
        onChange={(tab) => {
          const next = jobTabNames.find((name) => name === tab)
          if (next !== undefined) onSearch({ tab: next === 'all' ? undefined : next })
        }}
      >
        <Tabs.List aria-label="Jobs by state">
          {jobTabNames.map((tab) => (
            <Tabs.Tab
              key={tab}
              value={tab}
              data-tab={tab}
              rightSection={<Count tab={tab} counts={counts} search={search} />}
            >
              {tabLabels[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {open === 'failed' && (
        <Switch
          size="xs"
          mr="md"
          label={`Show fixed ones${fixedNote(counts)}`}
          checked={search.resolved !== undefined}
          onChange={(event) => onSearch({ resolved: event.currentTarget.checked ? 'shown' : undefined })}
        />
      )}
    </Group>
  )
}

/** Nothing where either count is only the least there are: their difference would be neither. */
const fixedNote = (counts: JobCounts | undefined): string =>
  counts === undefined || counts.capped.some((name) => name === 'failed' || name === 'unresolved')
    ? ''
    : ` (${numberText(counts.failed - counts.unresolved)})`

function Count({ tab, counts, search }: { tab: JobTab; counts: JobCounts | undefined; search: JobSearch }) {
  if (counts === undefined) return null
  const count = countOfTab(counts, { ...search, tab })
  return (
    <Badge
      size="sm"
      variant={tab === 'failed' && count > 0 ? 'filled' : 'light'}
      color={tab === 'failed' && count > 0 ? 'red' : 'gray'}
      tt="none"
    >
      {countText(counts, { ...search, tab })}
    </Badge>
  )
}
