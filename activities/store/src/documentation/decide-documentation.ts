import type { DocumentationState } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'

/** What a person says of an asset, or of a column; a null text takes back what a person said or accepted. */
export interface GivenText {
  /** Null: the asset itself. */
  column: string | null
  text: string | null
  /** The version that was seen, null where nothing was said. Left out: whatever is said by now gives way. */
  ifVersion?: number | null | undefined
}

export type DocumentationSet =
  | { kind: 'saved' }
  | { kind: 'not-found' }
  | { kind: 'no-column'; column: string }
  /** The version that was seen stands no more. */
  | { kind: 'changed'; column: string | null }

/**
 * A person's texts: each holds through every later run, until a person changes it. What waited for review is answered by it.
 * A text that is taken back gives room again to what runs write. All are saved or none. Saying the same again changes nothing.
 */
export async function setDocumentation(
  db: Database,
  actor: Actor,
  assetId: string,
  texts: readonly GivenText[],
): Promise<DocumentationSet> {
  if (!isUuid(assetId)) return { kind: 'not-found' }
  return db.transaction().execute(async (trx) => {
    const columns = await lockAsset(trx, actor, assetId)
    if (!columns) return { kind: 'not-found' }
    const unknown = texts.find(({ column }) => column !== null && !columns.includes(column))
    if (unknown) return { kind: 'no-column', column: unknown.column ?? '' }
    for (const given of texts) {
      if (await isChanged(trx, assetId, given)) return { kind: 'changed', column: given.column }
    }
    for (const given of texts) await setText(trx, actor, assetId, given)
    return { kind: 'saved' }
  })
}

/** Keeps jobs that store texts of this asset out. @returns the names of its columns; undefined where it is not there */
async function lockAsset(trx: Trx, actor: Actor, assetId: string): Promise<string[] | undefined> {
  const { rows } = await sql<{ columns: string[] }>`
    select coalesce(jsonb_path_query_array(document, '$.columns[*].name'), '[]') as columns from asset
    where id = ${assetId}::uuid and organization_id = ${actor.organizationId}::uuid and removed_at is null
    for no key update`.execute(trx)
  return rows[0]?.columns
}

const standingText = (assetId: string, column: string | null) =>
  sql`asset_id = ${assetId}::uuid and column_name is not distinct from ${column}::text and replaced_at is null`

/** A request whose answer was lost is sent again: what it says is there by then, and changed by nobody else. */
async function isChanged(trx: Trx, assetId: string, { column, text, ifVersion }: GivenText): Promise<boolean> {
  if (ifVersion === undefined) return false
  const { rows } = await sql<{ text: string; state: string; version: number }>`
    select text, state, version from documentation where ${standingText(assetId, column)}`.execute(trx)
  if (text !== null && rows.some((row) => isSame(row, text))) return false
  if (ifVersion === null) return rows.some(({ state }) => state !== 'rejected')
  return !rows.some(({ version }) => version === ifVersion)
}

async function setText(trx: Trx, actor: Actor, assetId: string, { column, text }: GivenText): Promise<void> {
  const standing = standingText(assetId, column)
  const { rows } = await sql<{ text: string; state: string }>`
    select text, state from documentation where ${standing} and state <> 'rejected'
    order by state = 'proposed' limit 1`.execute(trx)
  const [shown] = rows
  if (text === null ? shown?.state === undefined || shown.state === 'proposed' : isSame(shown, text)) return
  const which = text === null ? sql`and state in ('accepted', 'edited')` : sql``
  await sql`update documentation set replaced_at = now() where ${standing} ${which}`.execute(trx)
  if (text === null) await sql`update asset set documented_fingerprint = null where id = ${assetId}::uuid`.execute(trx)
  else await insertText(trx, actor, assetId, column, text)
  await appendAudit(trx, actor, {
    action: 'asset.document',
    target: { kind: 'asset', id: assetId },
    before: { column, text: shown?.text ?? null },
    after: { column, text },
  })
}

const isSame = (shown: { text: string; state: string } | undefined, text: string): boolean =>
  shown?.state === 'edited' && shown.text === text

async function insertText(trx: Trx, actor: Actor, assetId: string, column: string | null, text: string): Promise<void> {
  await sql`
    insert into documentation (asset_id, column_name, version, text, source, state, written_by, decided_by, decided_at)
    select ${assetId}::uuid, ${column}::text, coalesce(max(version), 0) + 1, ${text}, 'manual', 'edited', ${actor.name},
      ${actor.name}, now()
    from documentation where asset_id = ${assetId}::uuid and column_name is not distinct from ${column}::text`.execute(
    trx,
  )
}

/** A text of a run by its version, so that nobody accepts a newer one than was seen. */
export interface ReviewedDocumentation {
  assetId: string
  /** Null: the asset itself. */
  column: string | null
  version: number
}

export interface DocumentationReviewOutcome {
  /** How many texts it was said of. */
  reviewed: number
  /** Texts that the organization does not have, or not any more. One that was decided or replaced meanwhile is not among them. */
  notFound: ReviewedDocumentation[]
}

/**
 * What a person says of texts that runs wrote. An accepted one holds, and the next run's waits beside it; a rejected one is not
 * shown, nor written again from the same evidence. Rejected ones can still be accepted. What was replaced meanwhile is passed over,
 * so a repeated call changes nothing.
 */
export async function reviewDocumentation(
  db: Database,
  actor: Actor,
  verdict: 'accept' | 'reject',
  texts: readonly ReviewedDocumentation[],
): Promise<DocumentationReviewOutcome> {
  const given = texts.filter(({ assetId }) => isUuid(assetId))
  return db.transaction().execute(async (trx) => {
    const ids = [...new Set(given.map(({ assetId }) => assetId))]
    // In the order of ids, so that nobody waits in a circle.
    await sql`
      select from asset where id = any(${ids}::uuid[]) and organization_id = ${actor.organizationId}::uuid
      order by id for no key update`.execute(trx)
    const open = await stillOpen(trx, actor, verdict, given)
    const replaced = verdict === 'accept' ? await replaceKept(trx, open) : []
    await decide(trx, actor, verdict, open)
    const before = Map.groupBy([...open, ...replaced], ({ assetId }) => assetId)
    for (const [id, ofAsset] of Map.groupBy(open, ({ assetId }) => assetId)) {
      await appendAudit(trx, actor, {
        action: `asset.document-${verdict}`,
        target: { kind: 'asset', id },
        before: { texts: (before.get(id) ?? []).map(auditedText) },
        after: { texts: ofAsset.map((text) => auditedText({ ...text, state: verdictStates[verdict] })) },
      })
    }
    const unknown = await unknownTexts(trx, actor, given)
    return { reviewed: open.length, notFound: [...texts.filter(({ assetId }) => !isUuid(assetId)), ...unknown] }
  })
}

async function unknownTexts(
  trx: Trx,
  actor: Actor,
  texts: readonly ReviewedDocumentation[],
): Promise<ReviewedDocumentation[]> {
  const { rows } = await sql<ReviewedDocumentation>`
    select r."assetId", r."column", r.version
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as r("assetId" text, "column" text, version int)
    where not exists (
      select from documentation d join asset a on a.id = d.asset_id and a.organization_id = ${actor.organizationId}::uuid
      where d.asset_id = r."assetId"::uuid and d.column_name is not distinct from r."column" and d.version = r.version)`.execute(
    trx,
  )
  return rows
}

const verdictStates = { accept: 'accepted', reject: 'rejected' } as const

interface DecidedText extends ReviewedDocumentation {
  state: DocumentationState
}

/** The history has its words, by the version. */
const auditedText = ({ column, version, state }: DecidedText) => ({ column, version, state })

/** The texts that a verdict is still about, each once. Their assets are locked: they stay so until the end of the transaction. */
async function stillOpen(
  trx: Trx,
  actor: Actor,
  verdict: 'accept' | 'reject',
  texts: readonly ReviewedDocumentation[],
): Promise<DecidedText[]> {
  const { rows } = await sql<DecidedText>`
    select distinct d.asset_id as "assetId", d.column_name as column, d.version, d.state
    from documentation d join asset a on a.id = d.asset_id and a.organization_id = ${actor.organizationId}::uuid,
      ${theseTexts(texts)} and d.version = r.version
      and d.state = any(${verdict === 'accept' ? ['proposed', 'rejected'] : ['proposed']}::text[])
    order by d.asset_id, d.column_name nulls first`.execute(trx)
  return rows
}

/** These texts, as rows `r` to join documentation `d` with. */
const theseTexts = (texts: readonly ReviewedDocumentation[]) => sql`
  jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as r("assetId" uuid, "column" text, version int)
  where d.asset_id = r."assetId" and d.column_name is not distinct from r."column" and d.replaced_at is null`

/** What a person stood behind gives its place to these. @returns what that was */
async function replaceKept(trx: Trx, texts: readonly ReviewedDocumentation[]): Promise<DecidedText[]> {
  const { rows } = await sql<DecidedText>`
    update documentation d set replaced_at = now() from ${theseTexts(texts)} and d.state in ('accepted', 'edited')
    returning d.asset_id as "assetId", d.column_name as column, d.version, d.state`.execute(trx)
  return rows
}

async function decide(
  trx: Trx,
  actor: Actor,
  verdict: 'accept' | 'reject',
  texts: readonly ReviewedDocumentation[],
): Promise<void> {
  await sql`
    update documentation d set state = ${verdictStates[verdict]}, decided_by = ${actor.name}, decided_at = now()
    from ${theseTexts(texts)} and d.version = r.version`.execute(trx)
}
