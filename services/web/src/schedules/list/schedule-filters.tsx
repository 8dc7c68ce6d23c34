import { Group, Select } from '@mantine/core'
import { assetKinds } from '@plumbline/workflows'
import { useQuery } from '@tanstack/react-query'
import { assetDetail } from '../../api/asset-calls.ts'
import { connectionList } from '../../api/connection-calls.ts'
import { AssetPicker } from '../../assets/asset-picker.tsx'
import type { SchedulesSearch } from '../schedules-search.ts'

interface ScheduleFiltersProps {
  search: SchedulesSearch
  onSearch: (change: Partial<SchedulesSearch>) => void
}

export function ScheduleFilters({ search, onSearch }: ScheduleFiltersProps) {
  const connections = useQuery(connectionList()).data ?? []
  const { assetId } = search
  const asset = useQuery({ ...assetDetail(assetId ?? ''), enabled: assetId !== undefined }).data
  const chosen = assetId === undefined || asset === undefined ? null : asset
  return (
    <Group px="md" pb="xs" gap="xs">
      <Select
        size="xs"
        w={200}
        aria-label="Connection"
        placeholder="Any connection"
        clearable
        data={connections.map(({ id, name }) => ({ value: id, label: name }))}
        value={search.connectionId ?? null}
        onChange={(connectionId) => onSearch({ connectionId: connectionId ?? undefined })}
      />
      <AssetPicker
        // Begins anew with the name of an asset that a link or the back button brought.
        key={chosen?.id ?? 'any'}
        size="xs"
        w={300}
        ariaLabel="Asset, and all below it"
        placeholder="Any asset"
        clearable
        kinds={assetKinds}
        value={chosen}
        onChoose={(next) => onSearch({ assetId: next?.id })}
      />
    </Group>
  )
}
