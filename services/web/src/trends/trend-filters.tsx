import { Group, SegmentedControl, Select } from '@mantine/core'
import { assetKinds, isJobType, jobDefinition, jobTypes } from '@plumbline/workflows'
import { useQuery } from '@tanstack/react-query'
import { assetDetail } from '../api/asset-calls.ts'
import { connectionList } from '../api/connection-calls.ts'
import { AssetPicker } from '../assets/asset-picker.tsx'
import { defaultTrendRange, trendRangeLabels, trendRangeNames, type TrendSearch } from './trend-search.ts'

interface TrendFiltersProps {
  search: TrendSearch
  onSearch: (change: Partial<TrendSearch>) => void
}

const types = jobTypes.map((type) => ({ value: type, label: jobDefinition(type).label }))
const ranges = trendRangeNames.map((range) => ({ value: range, label: trendRangeLabels[range] }))

/** Which jobs, of how long a time. */
export function TrendFilters({ search, onSearch }: TrendFiltersProps) {
  const { data: connections = [] } = useQuery(connectionList())
  const { data: asset } = useQuery({ ...assetDetail(search.assetId ?? ''), enabled: search.assetId !== undefined })
  return (
    <Group gap="sm" mb="md" align="flex-end">
      <SegmentedControl
        size="xs"
        aria-label="How far back"
        data={ranges}
        value={search.range ?? defaultTrendRange}
        onChange={(range) => onSearch({ range: trendRangeNames.find((name) => name === range) })}
      />
      <Select
        size="xs"
        clearable
        label="Job type"
        placeholder="Any"
        data={types}
        value={search.type ?? null}
        onChange={(type) => onSearch({ type: type !== null && isJobType(type) ? type : undefined })}
      />
      <Select
        size="xs"
        clearable
        searchable
        label="Connection"
        placeholder="Any"
        data={connections.map(({ id, name }) => ({ value: id, label: name }))}
        value={search.connectionId ?? null}
        onChange={(connectionId) => onSearch({ connectionId: connectionId ?? undefined })}
      />
      <AssetPicker
        size="xs"
        clearable
        label="Asset, and all below it"
        kinds={assetKinds}
        value={search.assetId === undefined ? null : (asset ?? null)}
        onChoose={(chosen) => onSearch({ assetId: chosen?.id })}
      />
    </Group>
  )
}
