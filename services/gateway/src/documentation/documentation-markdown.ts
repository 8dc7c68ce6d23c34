import type { DescribedAsset, DocumentationRecord } from '@plumbline/store'
import type { AssetKind } from '@plumbline/workflows'
import { markdownCell, markdownLine, markdownText } from '../markdown/markdown-text.ts'

const depth: Record<AssetKind, number> = {
  database: 1,
  schema: 2,
  table: 3,
  view: 3,
  materialized_view: 3,
  external_table: 3,
  stream: 3,
  stage: 3,
}

/** A section an asset, below the heading of what it lies in: the text, who stands behind it, and a table of its columns. */
export function markdownSection(asset: DescribedAsset, root: AssetKind): string {
  const { columns, documentation, kind, qualifiedName } = asset
  const heading = '#'.repeat(1 + depth[kind] - depth[root])
  const own = documentation.get(null)?.shown
  const parts = [
    `${heading} ${markdownLine(qualifiedName)}`,
    own ? `${markdownText(own.text)}\n\n_${markdownLine(writerText(own))}_` : '_Nothing is said of it yet._',
  ]
  if (columns.length > 0) parts.push(columnTable(asset))
  return `${parts.join('\n\n')}\n\n`
}

function columnTable({ columns, documentation }: DescribedAsset): string {
  const rows = columns.map(({ name, nativeType }) => {
    const said = documentation.get(name)?.shown
    const cells = [name, nativeType, said?.text ?? '', said ? writerText(said) : '']
    return `| ${cells.map(markdownCell).join(' | ')} |`
  })
  return ['| Column | Type | Description | Source |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** Who wrote it, and whether a person stands behind it. */
export function writerText({ source, model, state, writtenBy, decidedBy }: DocumentationRecord): string {
  if (source === 'manual') return `Written by ${writtenBy ?? 'a person'}`
  const writer = source === 'ai' ? `AI (${model ?? 'a model'})` : 'Rules'
  return state === 'accepted' ? `${writer}, accepted by ${decidedBy ?? 'a person'}` : `${writer}, not reviewed`
}
