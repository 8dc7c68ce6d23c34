import type { AssetKind, DocumentationSentence } from '@plumbline/workflows'
import { sql } from 'kysely'
import { assetReference, scopeColumn, type AssetReference } from '../catalog/assets.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'

/** A text of a run that nobody accepted or rejected yet. */
export interface WaitingDocumentation {
  asset: AssetReference
  /** Null: the asset itself. */
  column: string | null
  version: number
  text: string
  sentences: DocumentationSentence[]
  source: 'ai' | 'rules'
  model: string | null
  promptVersion: string
  confidence: number
  jobId: string
  writtenAt: Date
  /** What it would take the place of: accepted by a person. */
  shownText: string | null
}

export interface WaitingFilter {
  source?: 'ai' | 'rules' | undefined
  maxConfidence?: number | undefined
}

export interface WaitingPageRequest {
  filter?: WaitingFilter | undefined
  /** Of the last text of the page before; an empty column is the asset itself. */
  after?: { qualifiedName: string; assetId: string; column: string } | undefined
  limit: number
}

/** What waits for review, of an asset and all below it that is there, by qualified name and column. */
export async function listWaitingDocumentation(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
  { after, filter: { source, maxConfidence } = {}, limit }: WaitingPageRequest,
): Promise<WaitingDocumentation[]> {
  if (!isUuid(asset.id)) return []
  const { rows } = await sql<WaitingDocumentation>`
    select ${assetReference} as asset, w.column_name as column, w.version, w.text, w.sentences, w.source, w.model,
      w.prompt_version as "promptVersion", w.confidence, w.job_id as "jobId", w.written_at as "writtenAt",
      k.text as "shownText"
    from asset a
    join asset d on d.id = a.database_id
    join documentation w on w.asset_id = a.id and w.replaced_at is null and w.state = 'proposed'
    left join documentation k on k.asset_id = a.id and k.column_name is not distinct from w.column_name
      and k.replaced_at is null and k.state in ('accepted', 'edited')
    where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
      and (a.removed_at is null or a.id = ${asset.id}::uuid)
      and (${source ?? null}::text is null or w.source = ${source ?? null}::text)
      and (${maxConfidence ?? null}::real is null or w.confidence <= ${maxConfidence ?? null}::real)
      and ${after ? sql`(a.qualified_name, a.id, coalesce(w.column_name, '')) > (${after.qualifiedName}, ${after.assetId}::uuid, ${after.column})` : sql`true`}
    order by a.qualified_name, a.id, coalesce(w.column_name, '')
    limit ${limit}`.execute(db)
  return rows
}

export interface DocumentationSummary {
  /** Tables, views and the like, and how many of them have a text. */
  relations: number
  documentedRelations: number
  columns: number
  documentedColumns: number
  /** Texts that wait for review, of relations and columns. */
  waiting: number
  /** The newest run that wrote one of the texts. */
  lastJobId: string | null
}

/** How much of an asset and all below it is documented. */
export async function documentationSummary(
  db: Database,
  organizationId: string,
  asset: { id: string; kind: AssetKind },
): Promise<DocumentationSummary> {
  const none = { relations: 0, documentedRelations: 0, columns: 0, documentedColumns: 0, waiting: 0, lastJobId: null }
  if (!isUuid(asset.id)) return none
  const { rows } = await sql<DocumentationSummary>`
    with here as (
      select a.id, jsonb_array_length(a.document -> 'columns') as columns from asset a
      where a.organization_id = ${organizationId}::uuid and ${sql.ref(`a.${scopeColumn(asset.kind)}`)} = ${asset.id}::uuid
        and (a.removed_at is null or a.id = ${asset.id}::uuid) and a.document is not null
    ), said as (
      select d.* from documentation d join here on here.id = d.asset_id
      where d.replaced_at is null and d.state <> 'rejected'
    )
    select count(*) as relations, coalesce(sum(columns), 0)::int as columns,
      (select count(distinct asset_id) from said where column_name is null) as "documentedRelations",
      (select count(distinct (asset_id, column_name)) from said where column_name is not null) as "documentedColumns",
      (select count(*) from said where state = 'proposed') as waiting,
      (select job_id from said where job_id is not null order by written_at desc, job_id desc limit 1) as "lastJobId"
    from here`.execute(db)
  return rows[0] ?? none
}
