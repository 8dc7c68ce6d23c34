import {
  IconActivity,
  IconDatabase,
  IconEye,
  IconFiles,
  IconFolder,
  IconStack2,
  IconTable,
  IconTableShare,
  type Icon,
} from '@tabler/icons-react'
import { kindLabels } from './kind-labels.ts'
import type { AssetKind } from '@plumbline/workflows'

const icons: Record<AssetKind, Icon> = {
  database: IconDatabase,
  schema: IconFolder,
  table: IconTable,
  view: IconEye,
  materialized_view: IconStack2,
  external_table: IconTableShare,
  stream: IconActivity,
  stage: IconFiles,
}

export function AssetKindIcon({ kind, size = 16 }: { kind: AssetKind; size?: number }) {
  const Drawing = icons[kind]
  return <Drawing size={size} stroke={1.7} aria-label={kindLabels[kind].one} style={{ flexShrink: 0 }} />
}
