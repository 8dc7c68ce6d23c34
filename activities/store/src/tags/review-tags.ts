import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'

export interface ReviewedTag {
  assetId: string
  column: string
  tag: string
}

export interface TagReviewOutcome {
  /** How many tags it was said of. */
  reviewed: number
  /** Tags that the organization has on no such column. One that is rejected again is not among them. */
  notFound: ReviewedTag[]
}

/**
 * What a person says of tags that runs gave: accepted ones stay as a person's own, rejected ones go and are never given to the column
 * again. Both hold through every later run. A tag that is not there (any more), or is a person's own, is passed over, so a repeated
 * call changes nothing.
 */
export async function reviewTags(
  db: Database,
  actor: Actor,
  verdict: 'accept' | 'reject',
  tags: readonly ReviewedTag[],
): Promise<TagReviewOutcome> {
  const given = tags.filter(({ assetId }) => isUuid(assetId))
  return db.transaction().execute(async (trx) => {
    await lockAssets(trx, actor, given)
    const unknown = await unknownTags(trx, actor, verdict, given)
    const reviewed = verdict === 'accept' ? await accept(trx, actor, given) : await reject(trx, actor, given)
    const byAsset = Map.groupBy(reviewed, ({ assetId }) => assetId)
    for (const [id, ofAsset] of byAsset) {
      await appendAudit(trx, actor, {
        action: `column.tag-${verdict}`,
        target: { kind: 'asset', id },
        after: { tags: ofAsset.map(({ column, tag }) => ({ column, tag })) },
      })
    }
    return { reviewed: reviewed.length, notFound: [...tags.filter(({ assetId }) => !isUuid(assetId)), ...unknown] }
  })
}

/** Keeps jobs that store tags of these relations out; in the order of ids, so that nobody waits in a circle. */
async function lockAssets(trx: Trx, actor: Actor, tags: readonly ReviewedTag[]): Promise<void> {
  const ids = [...new Set(tags.map(({ assetId }) => assetId))]
  await sql`
    select from asset where id = any(${ids}::uuid[]) and organization_id = ${actor.organizationId}::uuid
    order by id for no key update`.execute(trx)
}

const given = (actor: Actor, tags: readonly ReviewedTag[]) => sql`
  select a.id as asset_id, r."column" as column_name, r.tag
  from jsonb_to_recordset(${JSON.stringify(tags)}::jsonb) as r("assetId" uuid, "column" text, tag text)
  join asset a on a.id = r."assetId" and a.organization_id = ${actor.organizationId}::uuid`

/** Asked before anything is changed. */
async function unknownTags(
  trx: Trx,
  actor: Actor,
  verdict: 'accept' | 'reject',
  tags: readonly ReviewedTag[],
): Promise<ReviewedTag[]> {
  const { rows } = await sql<ReviewedTag>`
    with known as (
      select asset_id, column_name, tag from column_tag
      union all select asset_id, column_name, tag from rejected_tag where ${verdict === 'reject'}::boolean
    )
    select r."assetId", r."column", r.tag
    from jsonb_to_recordset(${JSON.stringify(tags)}::jsonb) as r("assetId" text, "column" text, tag text)
    where not exists (
      select from asset a join known k on k.asset_id = a.id
      where a.id = r."assetId"::uuid and a.organization_id = ${actor.organizationId}::uuid
        and k.column_name = r."column" and k.tag = r.tag)`.execute(trx)
  return rows
}

async function accept(trx: Trx, actor: Actor, tags: readonly ReviewedTag[]): Promise<ReviewedTag[]> {
  const { rows } = await sql<ReviewedTag>`
    update column_tag t set source = 'manual', updated_at = now(), inherited = false, derived_from = null,
      evidence = t.evidence || ${JSON.stringify([`Accepted by ${actor.name}`])}::jsonb
    from (${given(actor, tags)}) r
    where t.asset_id = r.asset_id and t.column_name = r.column_name and t.tag = r.tag and t.source = 'auto'
    returning t.asset_id as "assetId", t.column_name as column, t.tag`.execute(trx)
  return rows
}

/** With a kind of personal data goes the sensitivity that a run derived from it. */
async function reject(trx: Trx, actor: Actor, tags: readonly ReviewedTag[]): Promise<ReviewedTag[]> {
  const { rows } = await sql<ReviewedTag>`
    delete from column_tag t using (${given(actor, tags)}) r
    where t.asset_id = r.asset_id and t.column_name = r.column_name and t.tag = r.tag and t.source = 'auto'
    returning t.asset_id as "assetId", t.column_name as column, t.tag`.execute(trx)
  await sql`
    insert into rejected_tag (asset_id, column_name, tag, rejected_by)
    select r."assetId", r."column", r.tag, ${actor.name}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("assetId" uuid, "column" text, tag text)
    on conflict (asset_id, column_name, tag) do nothing`.execute(trx)
  await sql`
    delete from column_tag t
    using jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("assetId" uuid, "column" text, tag text)
    where t.asset_id = r."assetId" and t.column_name = r."column" and t.derived_from = r.tag and t.source = 'auto'`.execute(
    trx,
  )
  return rows
}
