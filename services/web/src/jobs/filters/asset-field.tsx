import { assetKinds } from '@plumbline/workflows'
import { useQuery } from '@tanstack/react-query'
import { assetDetail } from '../../api/asset-calls.ts'
import { AssetPicker } from '../../assets/asset-picker.tsx'

interface AssetFieldProps {
  assetId: string | undefined
  onChange: (assetId: string | undefined) => void
}

/** The asset whose jobs are shown, with those of all below it. The address knows only its id: its name is asked for. */
export function AssetField({ assetId, onChange }: AssetFieldProps) {
  const chosen = useQuery({ ...assetDetail(assetId ?? ''), enabled: assetId !== undefined }).data
  return (
    <AssetPicker
      size="xs"
      clearable
      label="Asset, and all below it"
      // Outside of the popover a click on the list would close it.
      comboboxProps={{ withinPortal: false }}
      kinds={assetKinds}
      value={chosen ?? null}
      onChoose={(asset) => onChange(asset?.id)}
    />
  )
}
