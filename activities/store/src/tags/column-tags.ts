import type { AssetKind } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import { assetReference, scopeColumn, type AssetReference } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import type { TagCategory, TagRecord } from './tag-table.ts'

export interface ColumnTag extends TagRecord {
  source: 'auto' | 'manual'
}

/** The tags of one column, and where it is. */
export interface ColumnTagsRecord {
  column: string
  tags: ColumnTag[]
  asset: AssetReference
}

/** How tags of a column are ordered: by category, surest first. */
const tagOrder = sql`array_position('{pii,sensitivity,domain}'::text[], t.category), t.confidence desc, t.tag`

/** Of the columns of one relation, by column name. */
export async function columnTags(
  db: Database,
  organizationId: string,
  assetId: string,
): Promise<Map<string, ColumnTag[]>> {
  if (!isUuid(assetId)) return new Map()
  const rows = await db
    .selectFrom('column_tag as t')
    .innerJoin('asset as a', 'a.id', 't.asset_id')
    .select(['t.column_name', 't.tag', 't.category', 't.confidence', 't.evidence', 't.source', 't.inherited'])
    .where('a.organization_id', '=', organizationId)
    .where('t.asset_id', '=', assetId)
    .orderBy(tagOrder)
    .execute()
  return Map.groupBy(rows, (row) => row.column_name)
}

/** Which tagged columns are listed; of those, all tags are. */
export interface TagFilter {
  tag?: string | undefined
  category?: TagCategory | undefined
  /** Open: a run gave the tag and nobody judged it. */
  review?: 'open' | 'decided' | undefined
  maxConfidence?: number | undefined
}

export interface ColumnTagsPageRequest {
  filter?: TagFilter | undefined
  /** Of the last column of the page before. */
  after?: { qualifiedName: string; assetId: string; column: string } | undefined
  limit: number
}

/** The tagged columns of an asset and all below it that is there, by qualified name and column. */
export async function listColumnTags(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  page: ColumnTagsPageRequest,
): Promise<ColumnTagsRecord[]> {
  if (!isUuid(asset.id)) return []
  const { after, filter = {} } = page
  const { rows } = await sql<ColumnTagsRecord>`
    select t.column_name as column,
      jsonb_agg(jsonb_build_object('tag', t.tag, 'category', t.category, 'confidence', t.confidence,
        'evidence', t.evidence, 'source', t.source, 'inherited', t.inherited) order by ${tagOrder}) as tags,
      ${assetReference} as asset
    from asset a
    join asset d on d.id = a.database_id
    join column_tag t on t.asset_id = a.id
    where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
      and (a.removed_at is null or a.id = ${asset.id}::uuid)
      and ${after ? sql`(a.qualified_name, a.id, t.column_name) > (${after.qualifiedName}, ${after.assetId}::uuid, ${after.column})` : sql`true`}
    group by a.id, d.name, t.column_name
    having bool_or(${matching(filter)})
    order by a.qualified_name, a.id, t.column_name
    limit ${page.limit}`.execute(db)
  return rows
}

/** True of a tag by which its column is listed. */
const matching = ({ tag, category, review, maxConfidence }: TagFilter) => sql`
  (${tag ?? null}::text is null or t.tag = ${tag ?? null}::text)
  and (${category ?? null}::text is null or t.category = ${category ?? null}::text)
  and (${review ?? null}::text is null or (t.source = 'auto') = (${review ?? null}::text = 'open'))
  and (${maxConfidence ?? null}::real is null or t.confidence <= ${maxConfidence ?? null}::real)`

/**
 * A person's decision about a column: these tags and no others, until a person changes them. An empty list says that it
 * carries none. `not-found` when the relation is not the organization's, is gone, or has no such column.
 */
export async function setColumnTags(
  db: Database,
  actor: Actor,
  assetId: string,
  column: string,
  tags: readonly { tag: string; category: TagCategory }[],
): Promise<'saved' | 'not-found'> {
  if (!isUuid(assetId)) return 'not-found'
  return db.transaction().execute(async (trx) => {
    if (!(await lockColumn(trx, actor, assetId, column))) return 'not-found'
    const before = await trx
      .deleteFrom('column_tag')
      .where('asset_id', '=', assetId)
      .where('column_name', '=', column)
      .returning(['tag', 'source'])
      .execute()
    await trx.deleteFrom('rejected_tag').where('asset_id', '=', assetId).where('column_name', '=', column).execute()
    await writeDecision(trx, actor, assetId, column, tags)
    await appendAudit(trx, actor, {
      action: 'column.tag',
      target: { kind: 'asset', id: assetId },
      before: { column, tags: before.map((row) => row.tag) },
      after: { column, tags: tags.map(({ tag }) => tag) },
    })
    return 'saved'
  })
}

/** Keeps a job that stores tags of this relation out until the decision is written. */
async function lockColumn(trx: Trx, actor: Actor, assetId: string, column: string): Promise<boolean> {
  const { rows } = await sql`
    select from asset
    where id = ${assetId}::uuid and organization_id = ${actor.organizationId}::uuid and removed_at is null
      and document -> 'columns' @> ${JSON.stringify([{ name: column }])}::jsonb
    for no key update`.execute(trx)
  return rows.length > 0
}

async function writeDecision(
  trx: Trx,
  actor: Actor,
  assetId: string,
  column: string,
  tags: readonly { tag: string; category: TagCategory }[],
): Promise<void> {
  await trx
    .insertInto('column_decision')
    .values({ asset_id: assetId, column_name: column, decided_by: actor.name })
    .onConflict((conflict) =>
      conflict.columns(['asset_id', 'column_name']).doUpdateSet({ decided_by: actor.name, decided_at: new Date() }),
    )
    .execute()
  const distinct = [...new Map(tags.map((tag) => [tag.tag, tag])).values()]
  if (distinct.length === 0) return
  const manual = { asset_id: assetId, column_name: column, confidence: 1, source: 'manual' as const }
  const evidence = JSON.stringify([`Set by ${actor.name}`])
  await trx
    .insertInto('column_tag')
    .values(distinct.map(({ tag, category }) => ({ ...manual, tag, category, evidence })))
    .execute()
}
