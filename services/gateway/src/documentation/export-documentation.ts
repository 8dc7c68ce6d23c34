import type { DocumentationFormat } from '@plumbline/api'
import { listDescribedAssets, type AssetRecord, type Database, type DescribedAsset } from '@plumbline/store'
import { csvLine } from '../http/csv-line.ts'
import { markdownSection } from './documentation-markdown.ts'

const pageSize = 200
const csvColumns = [
  'asset',
  'column',
  'type',
  'text',
  'source',
  'model',
  'state',
  'confidence',
  'writtenAt',
  'decidedBy',
]

/** All that is shown of an asset and of what lies below it; page by page, so that a whole database passes through. */
export async function* exportDocumentation(
  db: Database,
  organizationId: string,
  asset: AssetRecord,
  format: DocumentationFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(csvColumns)
  let after: DescribedAsset | undefined
  do {
    const page = await listDescribedAssets(db, organizationId, asset, { after, limit: pageSize })
    const write = format === 'csv' ? csvLines : (one: DescribedAsset) => markdownSection(one, asset.kind)
    if (page.length > 0) yield page.map(write).join('')
    after = page.length === pageSize ? page.at(-1) : undefined
  } while (after)
}

/** A line for the asset and one for each column, also where nothing is said. */
const csvLines = ({ qualifiedName, kind, columns, documentation }: DescribedAsset): string =>
  [{ name: null, nativeType: kind }, ...columns]
    .map(({ name, nativeType }) => {
      const said = documentation.get(name)?.shown
      const confidence = said?.confidence ?? null
      return csvLine([
        qualifiedName,
        name,
        nativeType,
        said?.text ?? null,
        said?.source ?? null,
        said?.model ?? null,
        said?.state ?? null,
        confidence === null ? null : Math.round(confidence * 100) / 100,
        said?.writtenAt.toISOString() ?? null,
        said?.decidedBy ?? null,
      ])
    })
    .join('')
