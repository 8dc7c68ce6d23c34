import { MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { jobDefinition, jobStatuses, jobTypes, triggerKinds } from '@plumbline/workflows'
import { useState } from 'react'
import { dateRanges, type DateRange, type JobSearch } from '../job-search.ts'
import { dateRangeLabels, statusLabels, triggerLabels } from '../labels.ts'
import { AssetField } from './asset-field.tsx'
import { TimeRange } from './time-range.tsx'
import type { Connection } from '@plumbline/api'

interface FilterFormProps {
  search: JobSearch
  connections: readonly Connection[]
  onSearch: (change: Partial<JobSearch>) => void
}

const typeChoices = jobTypes.map((type) => ({ value: type, label: jobDefinition(type).label }))
const statusChoices = jobStatuses.map((status) => ({ value: status, label: statusLabels[status] }))
const triggerChoices = triggerKinds.map((kind) => ({ value: kind, label: triggerLabels[kind] }))
const rangeNames = Object.keys(dateRanges).filter((name): name is DateRange => Object.hasOwn(dateRanges, name))
const rangeChoices = rangeNames.map((range) => ({ value: range, label: dateRangeLabels[range] }))

/** Lists drop down inside the popover: outside of it a click on them would close it. */
const inside = { comboboxProps: { withinPortal: false }, size: 'xs', clearable: true } as const

export function FilterForm({ search, connections, onSearch }: FilterFormProps) {
  return (
    <Stack gap="sm">
      <MultiSelect
        {...inside}
        label="Job type"
        placeholder={search.type === undefined ? 'Any' : ''}
        data={typeChoices}
        value={search.type ?? []}
        onChange={(chosen) => onSearch({ type: orUndefined(chosen) })}
      />
      <MultiSelect
        {...inside}
        label="Status"
        placeholder={search.status === undefined ? 'Any' : ''}
        data={statusChoices}
        value={search.status ?? []}
        onChange={(chosen) => onSearch({ status: orUndefined(chosen) })}
      />
      <Select
        {...inside}
        label="Connection"
        placeholder="Any"
        searchable
        data={connections.map(({ id, name }) => ({ value: id, label: name }))}
        value={search.connectionId ?? null}
        onChange={(chosen) => onSearch({ connectionId: chosen ?? undefined })}
      />
      <AssetField assetId={search.assetId} onChange={(assetId) => onSearch({ assetId })} />
      <Select
        {...inside}
        label="Triggered"
        placeholder="In any way"
        data={triggerChoices}
        value={search.trigger ?? null}
        onChange={(chosen) => onSearch({ trigger: chosen ?? undefined })}
      />
      <ActorField value={search.actor ?? ''} onSearch={onSearch} />
      <Select
        {...inside}
        label="Created"
        placeholder="At any time"
        data={rangeChoices}
        value={search.range ?? null}
        onChange={(chosen) =>
          onSearch({ range: chosen ?? undefined, createdAfter: undefined, createdBefore: undefined })
        }
      />
      <TimeRange search={search} onSearch={onSearch} />
    </Stack>
  )
}

const orUndefined = <Value,>(values: Value[]): Value[] | undefined => (values.length === 0 ? undefined : values)

function ActorField({ value, onSearch }: { value: string; onSearch: (change: Partial<JobSearch>) => void }) {
  const [text, setText] = useState(value)
  const search = useDebouncedCallback((actor: string) => onSearch({ actor: actor === '' ? undefined : actor }), 300)
  return (
    <TextInput
      size="xs"
      label="Started by"
      placeholder="Exact name of a token or person"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        search(event.currentTarget.value.trim())
      }}
    />
  )
}
