import { Group, TextInput } from '@mantine/core'
import type { JobSearch } from '../job-search.ts'

interface TimeRangeProps {
  search: JobSearch
  onSearch: (change: Partial<JobSearch>) => void
}

/** From and until as exact times in the reader's zone; choosing one takes the preset off. */
export function TimeRange({ search, onSearch }: TimeRangeProps) {
  const change = (name: 'createdAfter' | 'createdBefore', local: string): void => {
    onSearch({ range: undefined, [name]: local === '' ? undefined : new Date(local).toISOString() })
  }
  return (
    <Group gap="xs" grow>
      <TextInput
        size="xs"
        type="datetime-local"
        label="From"
        value={localInput(search.createdAfter)}
        onChange={(event) => change('createdAfter', event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        type="datetime-local"
        label="Until"
        value={localInput(search.createdBefore)}
        onChange={(event) => change('createdBefore', event.currentTarget.value)}
      />
    </Group>
  )
}

/** The form that `datetime-local` wants: without a zone, to the minute. */
function localInput(iso: string | undefined): string {
  if (iso === undefined) return ''
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
