import type { AssetKind } from '@plumbline/workflows'

/** What a form has to know of an asset. */
export interface ChosenAsset {
  id: string
  kind: AssetKind
  name: string
  qualifiedName: string
}
