import type { DocumentationSentence, DocumentationSource, DocumentationState } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'

/** One version of the text about an asset, or about a column of it. */
export interface DocumentationRecord {
  /** Null: the asset itself. */
  column: string | null
  version: number
  text: string
  sentences: DocumentationSentence[]
  source: DocumentationSource
  model: string | null
  promptVersion: string | null
  confidence: number | null
  state: DocumentationState
  jobId: string | null
  /** The person whose text it is; null of a run's. */
  writtenBy: string | null
  writtenAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  /** Null of those that count. */
  replacedAt: Date | null
}

/** What is said of an asset, or of a column: the text that holds, and one of a run that waits beside it. */
export interface StandingDocumentation {
  /** A person's, or accepted by one; else the one of a run that nobody rejected. */
  shown: DocumentationRecord | null
  /** A newer text of a run that would take the place of an accepted one. */
  proposal: DocumentationRecord | null
}

/** The columns of `documentation d` that make a DocumentationRecord. */
const recordColumns = [
  'd.column_name as column',
  'd.version',
  'd.text',
  'd.sentences',
  'd.source',
  'd.model',
  'd.prompt_version as promptVersion',
  'd.confidence',
  'd.state',
  'd.job_id as jobId',
  'd.written_by as writtenBy',
  'd.written_at as writtenAt',
  'd.decided_by as decidedBy',
  'd.decided_at as decidedAt',
  'd.replaced_at as replacedAt',
] as const

const versions = (db: Database, organizationId: string) =>
  db
    .selectFrom('documentation as d')
    .innerJoin('asset as a', 'a.id', 'd.asset_id')
    .select(recordColumns)
    .where('a.organization_id', '=', organizationId)

const versionsOf = (db: Database, organizationId: string, assetId: string) =>
  versions(db, organizationId).where('d.asset_id', '=', assetId)

/** By column; under null of the asset itself. */
export type AssetDocumentation = Map<string | null, StandingDocumentation>

/** What is said of an asset and its columns now. */
export async function documentationOf(
  db: Database,
  organizationId: string,
  assetId: string,
): Promise<AssetDocumentation> {
  if (!isUuid(assetId)) return new Map()
  return byColumn(await versionsOf(db, organizationId, assetId).where('d.replaced_at', 'is', null).execute())
}

/** The same of many assets, by their ids; of which nothing is said, there is none. */
export async function documentationOfEach(
  db: Database,
  organizationId: string,
  assetIds: readonly string[],
): Promise<Map<string, AssetDocumentation>> {
  const rows = await versions(db, organizationId)
    .select('d.asset_id as assetId')
    .where('d.asset_id', '=', sql<string>`any(${assetIds}::uuid[])`)
    .where('d.replaced_at', 'is', null)
    .execute()
  const ofAssets = Map.groupBy(rows, ({ assetId }) => assetId)
  return new Map([...ofAssets].map(([assetId, ofAsset]) => [assetId, byColumn(ofAsset)]))
}

function byColumn(rows: readonly DocumentationRecord[]): AssetDocumentation {
  const columns = Map.groupBy(rows, ({ column }) => column)
  return new Map([...columns].map(([column, ofColumn]) => [column, standingOf(ofColumn)]))
}

function standingOf(texts: readonly DocumentationRecord[]): StandingDocumentation {
  const kept = texts.find(({ state }) => state === 'accepted' || state === 'edited')
  const open = texts.find(({ state }) => state === 'proposed')
  return { shown: kept ?? open ?? null, proposal: (kept && open) ?? null }
}

/** The text about an asset itself; null where nothing is said of it. */
export async function documentationText(db: Database, organizationId: string, assetId: string): Promise<string | null> {
  if (!isUuid(assetId)) return null
  const row = await versionsOf(db, organizationId, assetId)
    .where('d.column_name', 'is', null)
    .where('d.replaced_at', 'is', null)
    .where('d.state', '<>', 'rejected')
    .orderBy(sql`d.state = 'proposed'`)
    .limit(1)
    .executeTakeFirst()
  return row?.text ?? null
}

/** Every version of the text about an asset, or with `column` about that, newest first. */
export async function documentationHistory(
  db: Database,
  organizationId: string,
  assetId: string,
  page: { column: string | null; before: number | undefined; limit: number },
): Promise<DocumentationRecord[]> {
  if (!isUuid(assetId)) return []
  let query = versionsOf(db, organizationId, assetId).where('d.column_name', 'is not distinct from', page.column)
  if (page.before !== undefined) query = query.where('d.version', '<', page.before)
  return query.orderBy('d.version', 'desc').limit(page.limit).execute()
}
