import { Button, Group, Pill, Popover } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { assetDetail } from '../../api/asset-calls.ts'
import { connectionList } from '../../api/connection-calls.ts'
import { scheduleDetail } from '../../api/schedule-calls.ts'
import { SearchField } from '../../shell/search-field.tsx'
import { clearedSearch, type JobSearch } from '../job-search.ts'
import { FilterForm } from './filter-form.tsx'
import { filterChips } from './filter-chips.ts'

interface JobFiltersProps {
  search: JobSearch
  onSearch: (change: Partial<JobSearch>) => void
}

/** Search field, filter menu, and what is on as chips that can be taken off. */
export function JobFilters({ search, onSearch }: JobFiltersProps) {
  const connections = useQuery(connectionList()).data
  const asset = useQuery({ ...assetDetail(search.assetId ?? ''), enabled: search.assetId !== undefined }).data
  const schedule = useQuery({
    ...scheduleDetail(search.scheduleId ?? ''),
    enabled: search.scheduleId !== undefined,
  }).data
  const chips = filterChips(search, {
    asset: asset?.qualifiedName,
    schedule: schedule?.name,
    connection: connections?.find(({ id }) => id === search.connectionId)?.name,
  })
  return (
    <Group px="md" py="xs" gap="xs">
      <SearchField
        label="Search jobs"
        placeholder="Search id, asset, message or error"
        value={search.q ?? ''}
        onSearch={(q) => onSearch({ q: q === '' ? undefined : q })}
      />
      <Popover position="bottom-start" shadow="md" trapFocus width={320}>
        <Popover.Target>
          <Button variant="default" size="xs" leftSection={<IconFilter size={14} aria-hidden />}>
            Filter
          </Button>
        </Popover.Target>
        <Popover.Dropdown mah="80dvh" style={{ overflow: 'auto' }}>
          <FilterForm search={search} connections={connections ?? []} onSearch={onSearch} />
        </Popover.Dropdown>
      </Popover>
      {chips.map((chip) => (
        <Pill
          key={chip.key}
          withRemoveButton
          onRemove={() => onSearch(chip.without)}
          removeButtonProps={{ 'aria-label': `Remove filter ${chip.label}`, 'aria-hidden': false, tabIndex: 0 }}
        >
          {chip.label}
        </Pill>
      ))}
      {chips.length > 1 && (
        <Button variant="subtle" size="compact-xs" onClick={() => onSearch({ ...cleared(search) })}>
          Clear all
        </Button>
      )}
    </Group>
  )
}

/** Every filter off by name, so that it also leaves an address it is merged into. */
function cleared(search: JobSearch): JobSearch {
  const none: JobSearch = Object.fromEntries(Object.keys(search).map((name) => [name, undefined]))
  return { ...none, ...clearedSearch(search), q: search.q }
}
