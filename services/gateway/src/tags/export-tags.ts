import {
  listColumnTags,
  type AssetRecord,
  type ColumnTagsRecord,
  type Database,
  type TagFilter,
} from '@plumbline/store'
import { csvLine } from '../http/csv-line.ts'

const pageSize = 1_000
const columns = ['table', 'column', 'tag', 'category', 'confidence', 'source', 'inherited', 'evidence']

/** A tag a line, by table and column; page by page, so that a whole database passes through. */
export async function* exportTags(
  db: Database,
  organizationId: string,
  asset: AssetRecord,
  filter: TagFilter,
): AsyncGenerator<string> {
  yield csvLine(columns)
  let after: { qualifiedName: string; assetId: string; column: string } | undefined
  do {
    const rows = await listColumnTags(db, organizationId, asset, { filter, after, limit: pageSize })
    if (rows.length > 0) yield rows.map(linesOf).join('')
    const last = rows.length === pageSize ? rows.at(-1) : undefined
    after = last && { qualifiedName: last.asset.qualifiedName, assetId: last.asset.id, column: last.column }
  } while (after)
}

const linesOf = ({ asset, column, tags }: ColumnTagsRecord): string =>
  tags
    .map(({ tag, category, confidence, source, inherited, evidence }) =>
      csvLine([
        asset.qualifiedName,
        column,
        tag,
        category,
        Math.round(confidence * 100) / 100,
        source,
        inherited ? 'yes' : 'no',
        evidence.join('; '),
      ]),
    )
    .join('')
