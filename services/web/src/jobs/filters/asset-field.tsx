import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { assetDetail, assetSearch } from '../../api/asset-calls.ts'

interface AssetFieldProps {
  assetId: string | undefined
  onChange: (assetId: string | undefined) => void
}

/** Finds an asset by a part of its name: jobs of it and of all below it are shown. */
export function AssetField({ assetId, onChange }: AssetFieldProps) {
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 250)
  const found = useQuery({ ...assetSearch(q), enabled: q !== '' }).data?.items ?? []
  const chosen = useQuery({ ...assetDetail(assetId ?? ''), enabled: assetId !== undefined }).data
  const known = chosen === undefined || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found]
  return (
    <Select
      size="xs"
      clearable
      searchable
      comboboxProps={{ withinPortal: false }}
      label="Asset, and all below it"
      placeholder="Part of its name"
      nothingFoundMessage={q === '' ? undefined : 'No such asset'}
      data={known.map(({ id, qualifiedName }) => ({ value: id, label: qualifiedName }))}
      value={assetId ?? null}
      onSearchChange={setText}
      // The server has filtered already, and by more than the name that is shown.
      filter={({ options }) => options}
      onChange={(id) => onChange(id ?? undefined)}
    />
  )
}
