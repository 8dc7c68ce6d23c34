import { Group, Loader, Select, Text, type SelectProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { assetSearch, databases } from '../api/asset-calls.ts'
import { AssetKindIcon } from './asset-kind.tsx'
import type { ChosenAsset } from './chosen-asset.ts'
import type { AssetKind } from '@plumbline/workflows'

interface AssetPickerProps extends Pick<
  SelectProps,
  'label' | 'placeholder' | 'description' | 'error' | 'size' | 'clearable' | 'w' | 'comboboxProps'
> {
  /** Only assets of these kinds can be chosen. */
  kinds: readonly AssetKind[]
  value: ChosenAsset | null
  onChoose: (asset: ChosenAsset | null) => void
  ariaLabel?: string
}

/** Chooses one asset: the databases to begin with, and what matches as soon as one types. */
export function AssetPicker({ kinds, value, onChoose, ariaLabel, ...props }: AssetPickerProps) {
  const [text, setText] = useState(value?.qualifiedName ?? '')
  const [q] = useDebouncedValue(text.trim(), 250)
  const searching = q !== '' && q !== value?.qualifiedName
  const found = useQuery({ ...assetSearch(q), enabled: searching })
  const roots = useQuery(databases())
  const { data: page, isFetching, isError } = searching ? found : roots
  const assets: ChosenAsset[] = (page?.items ?? []).filter(({ kind }) => kinds.includes(kind))
  const offered = withChosen(assets, value)
  return (
    <Select
      placeholder="Part of its name, as sales.orders"
      {...props}
      aria-label={ariaLabel}
      searchable
      maxDropdownHeight={280}
      data={offered.map(({ id, qualifiedName }) => ({ value: id, label: qualifiedName }))}
      // The server has matched already, also by parts that stand nowhere in the label.
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      value={value?.id ?? null}
      onChange={(id) => onChoose(offered.find((asset) => asset.id === id) ?? null)}
      nothingFoundMessage={isError ? 'The assets cannot be read' : isFetching ? 'Searching…' : 'Nothing like it'}
      rightSection={isFetching ? <Loader size={14} /> : undefined}
      renderOption={({ option }) => {
        const asset = offered.find(({ id }) => id === option.value)
        return (
          <Group gap={6} wrap="nowrap" miw={0}>
            {asset !== undefined && <AssetKindIcon kind={asset.kind} />}
            <Text size="sm" truncate>
              {option.label}
            </Text>
          </Group>
        )
      }}
    />
  )
}

/** The chosen one stays among what is offered, else its name could not be shown. */
const withChosen = (assets: ChosenAsset[], chosen: ChosenAsset | null): ChosenAsset[] =>
  chosen === null || assets.some(({ id }) => id === chosen.id) ? assets : [chosen, ...assets]
