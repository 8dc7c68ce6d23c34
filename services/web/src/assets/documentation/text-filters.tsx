import { Group, Select } from '@mantine/core'
import { SearchField } from '../../shell/search-field.tsx'
import type { TextFilter } from '../../api/documentation-calls.ts'

/** What a person narrows a list of texts by. */
export type ChosenFilter = Omit<TextFilter, 'state'>

const sure: { value: string; label: string; filter: ChosenFilter }[] = [
  { value: 'any', label: 'However sure', filter: {} },
  { value: 'sure', label: 'At least 90 % sure', filter: { minConfidence: 0.9 } },
  { value: 'likely', label: 'At least 70 % sure', filter: { minConfidence: 0.7 } },
  { value: 'doubtful', label: 'At most 70 % sure', filter: { maxConfidence: 0.7 } },
]
const sources = [
  { value: 'any', label: 'Written by anyone' },
  { value: 'ai', label: 'Written by AI' },
  { value: 'rules', label: 'Written by rules' },
] as const

interface TextFiltersProps {
  filter: ChosenFilter
  onChange: (filter: ChosenFilter) => void
}

export function TextFilters({ filter, onChange }: TextFiltersProps) {
  const { minConfidence, maxConfidence, ...rest } = filter
  const chosen = sure.find(
    (one) => one.filter.minConfidence === minConfidence && one.filter.maxConfidence === maxConfidence,
  )
  return (
    <Group gap="xs">
      <SearchField
        label="Search the texts"
        placeholder="Table, column or words"
        value={filter.q ?? ''}
        onSearch={(q) => onChange({ ...filter, q: q === '' ? undefined : q })}
      />
      <Select
        size="xs"
        w={170}
        aria-label="How sure"
        allowDeselect={false}
        data={sure.map(({ value, label }) => ({ value, label }))}
        value={chosen?.value ?? 'any'}
        onChange={(value) => onChange({ ...rest, ...sure.find((one) => one.value === value)?.filter })}
      />
      <Select
        size="xs"
        w={160}
        aria-label="Written by"
        allowDeselect={false}
        data={[...sources]}
        value={filter.source ?? 'any'}
        onChange={(value) => onChange({ ...filter, source: value === 'ai' || value === 'rules' ? value : undefined })}
      />
    </Group>
  )
}
