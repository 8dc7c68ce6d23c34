import type { AssetKind, RelationDocument } from '@plumbline/workflows'
import { sql, type SqlBool } from 'kysely'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { containing } from '../like-pattern.ts'

/** An asset as a list shows it. */
export interface AssetRecord {
  id: string
  connectionId: string
  kind: AssetKind
  name: string
  /** Dotted from the database down. */
  qualifiedName: string
  parentId: string | null
  /** Name of the database it lies in. */
  database: string
  databaseId: string
  schemaId: string | null
  comment: string | null
  /** Null while it is there. */
  removedAt: Date | null
  /** When discovery first found that the role may not read its rows; null while it may. */
  unreadableSince: Date | null
}

/** An asset as a change or a tag refers to it. */
export type AssetReference = Pick<AssetRecord, 'id' | 'kind' | 'name' | 'qualifiedName' | 'connectionId' | 'database'>

/** That, as JSON, of an asset `a` in the database `d`. */
export const assetReference = sql<AssetReference>`
  jsonb_build_object('id', a.id, 'kind', a.kind, 'name', a.name, 'qualifiedName', a.qualified_name,
    'connectionId', a.connection_id, 'database', d.name)`

export interface AssetDetailRecord extends AssetRecord {
  /** Null of databases and schemas. */
  document: RelationDocument | null
  /** From the database down to the parent. */
  path: AssetRecord[]
  /** What is below it now, at any depth, by kind. */
  childCounts: Partial<Record<AssetKind, number>>
  /** The assets that its foreign keys point to, by the `externalId` the document has. */
  referenced: Map<string, string>
}

const assetColumns = [
  'a.id',
  'a.connection_id as connectionId',
  'a.kind',
  'a.name',
  'a.qualified_name as qualifiedName',
  'a.parent_id as parentId',
  'd.name as database',
  'a.database_id as databaseId',
  'a.schema_id as schemaId',
  'a.comment',
  'a.removed_at as removedAt',
  'a.unreadable_since as unreadableSince',
] as const

const selectAssets = (db: Database, organizationId: string) =>
  db
    .selectFrom('asset as a')
    .innerJoin('asset as d', 'd.id', 'a.database_id')
    .select(assetColumns)
    .where('a.organization_id', '=', organizationId)

/** Also one that was removed; `undefined` for an id that is none, or another organization's. */
export async function findAsset(db: Database, organizationId: string, id: string): Promise<AssetRecord | undefined> {
  if (!isUuid(id)) return undefined
  return selectAssets(db, organizationId).where('a.id', '=', id).executeTakeFirst()
}

export interface AssetPageRequest {
  connectionId?: string | undefined
  parentId?: string | undefined
  kind?: AssetKind | undefined
  /** Part of the qualified name, or of the name as it is; case does not matter. */
  q?: string | undefined
  /** Relations with a column that carries this tag. */
  tag?: string | undefined
  /** Also what was removed. */
  removed?: boolean | undefined
  /** Qualified name and id of the last one of the page before. */
  after?: { qualifiedName: string; id: string } | undefined
  limit: number
}

/** By qualified name. */
export async function listAssets(db: Database, organizationId: string, page: AssetPageRequest): Promise<AssetRecord[]> {
  const { connectionId, parentId, kind, q, tag, after } = page
  if ([connectionId, parentId].some((id) => id !== undefined && !isUuid(id))) return []
  let query = selectAssets(db, organizationId)
  if (connectionId !== undefined) query = query.where('a.connection_id', '=', connectionId)
  if (parentId !== undefined) query = query.where('a.parent_id', '=', parentId)
  if (kind !== undefined) query = query.where('a.kind', '=', kind)
  if (q !== undefined) query = query.where(named(q))
  if (tag !== undefined) {
    query = query.where('a.id', 'in', (eb) =>
      eb.selectFrom('column_tag').select('column_tag.asset_id').where('tag', '=', tag),
    )
  }
  if (!page.removed) query = query.where('a.removed_at', 'is', null)
  if (after) query = query.where(sql<SqlBool>`(a.qualified_name, a.id) > (${after.qualifiedName}, ${after.id}::uuid)`)
  return query.orderBy('a.qualified_name').orderBy('a.id').limit(page.limit).execute()
}

/** A name is looked for as it is, too: in the qualified one, quotes stand around it where it has a dot or a quote, and double each. */
function named(q: string) {
  const pattern = containing(q)
  return sql<SqlBool>`(a.qualified_name ilike ${pattern} or a.name ilike ${pattern})`
}

/** All that is known of one asset, beside its tags, changes and jobs. */
export async function assetDetail(
  db: Database,
  organizationId: string,
  id: string,
): Promise<AssetDetailRecord | undefined> {
  if (!isUuid(id)) return undefined
  const asset = await selectAssets(db, organizationId).select('a.document').where('a.id', '=', id).executeTakeFirst()
  if (!asset) return undefined
  const ancestors = [asset.databaseId, asset.schemaId].filter((one) => one !== null && one !== id)
  const [path, childCounts, referenced] = await Promise.all([
    selectAssets(db, organizationId)
      .where('a.id', '=', sql<string>`any(${ancestors}::uuid[])`)
      .orderBy(sql`a.kind = 'schema'`)
      .execute(),
    countChildren(db, asset),
    findReferenced(db, asset),
  ])
  return { ...asset, path, childCounts, referenced }
}

async function countChildren(
  db: Database,
  asset: { id: string; kind: AssetKind },
): Promise<Partial<Record<AssetKind, number>>> {
  if (asset.kind !== 'database' && asset.kind !== 'schema') return {}
  const rows = await db
    .selectFrom('asset')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('count')])
    .where(asset.kind === 'database' ? 'database_id' : 'schema_id', '=', asset.id)
    .where('id', '<>', asset.id)
    .where('removed_at', 'is', null)
    .groupBy('kind')
    .execute()
  const counts: Partial<Record<AssetKind, number>> = {}
  for (const row of rows) counts[row.kind] = row.count
  return counts
}

async function findReferenced(
  db: Database,
  asset: { connectionId: string; document: RelationDocument | null },
): Promise<Map<string, string>> {
  const externalIds = (asset.document?.keys ?? []).flatMap((key) => (key.references ? [key.references.externalId] : []))
  if (externalIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('asset')
    .select(['id', 'external_id'])
    .where('connection_id', '=', asset.connectionId)
    .where('external_id', '=', sql<string>`any(${externalIds}::text[])`)
    .where('removed_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.external_id, row.id]))
}

/** Of an asset `a` and its database `d`, for records that name their asset with `recordedAsset`. */
export const recordedAssetColumns = [
  'a.kind as asset_kind',
  'a.name as asset_name',
  'a.qualified_name',
  'a.connection_id',
  'a.removed_at',
  'd.name as database_name',
] as const

interface RecordedAssetRow {
  asset_id: string
  asset_kind: AssetKind
  asset_name: string
  qualified_name: string
  connection_id: string
  removed_at: Date | null
  database_name: string
}

/** The asset that a record is about, also when it is gone. */
export const recordedAsset = (row: RecordedAssetRow): AssetReference & { removedAt: Date | null } => ({
  id: row.asset_id,
  kind: row.asset_kind,
  name: row.asset_name,
  qualifiedName: row.qualified_name,
  connectionId: row.connection_id,
  database: row.database_name,
  removedAt: row.removed_at,
})

/** The column of a table of assets, or of what hangs on them, that holds for an asset and all below it. */
export function scopeColumn(kind: AssetKind): 'database_id' | 'schema_id' | 'id' {
  if (kind === 'database') return 'database_id'
  return kind === 'schema' ? 'schema_id' : 'id'
}
