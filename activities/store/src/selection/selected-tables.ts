import type { Counts, RelationDocument, RelationKind } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'

/** A part of what a job chose, in the order of asset ids, from the one after `after`. */
export interface SelectionPage {
  after: string | undefined
  limit: number
}

/** The end of a query that pages through rows of a job by `assetId`, the column of their asset. */
export const onPage = (assetId: string, { after, limit }: SelectionPage): RawBuilder<unknown> => sql`
  ${after === undefined ? sql`` : sql`and ${sql.ref(assetId)} > ${after}::uuid`}
  order by ${sql.ref(assetId)} limit ${limit}`

/** How many relations a job chose. */
export async function countSelected(db: Database, jobId: string): Promise<number> {
  const row = await db
    .selectFrom('selected_table')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('job_id', '=', jobId)
    .executeTakeFirst()
  return row?.count ?? 0
}

export interface SelectedRelation {
  assetId: string
  externalId: string
  kind: RelationKind
  schema: string
  name: string
  qualifiedName: string
  document: RelationDocument
  /** By column, how many sampled values passed which check; null when it was not sampled. */
  evidence: Record<string, Counts> | null
}

/** The chosen relations that are still there; `more` columns of `selected_table s` beside theirs. */
export const chosenRelations = (jobId: string, more: RawBuilder<unknown> = sql``): RawBuilder<unknown> => sql`
  select a.id as "assetId", a.external_id as "externalId", a.kind, schema.name as schema, a.name,
    a.qualified_name as "qualifiedName", a.document, s.evidence ${more}
  from selected_table s
  join asset a on a.id = s.asset_id
  join asset schema on schema.id = a.schema_id
  where s.job_id = ${jobId}::uuid and a.removed_at is null and a.document is not null`

export async function selectedRelations(db: Database, jobId: string, page: SelectionPage): Promise<SelectedRelation[]> {
  const { rows } = await sql<SelectedRelation>`${chosenRelations(jobId)} ${onPage('s.asset_id', page)}`.execute(db)
  return rows
}

/** What is kept of a chosen relation between the steps of a job, by the table and the column that holds it. */
type Kept =
  | { table: 'selected_table'; column: 'evidence' | 'tags' | 'metrics' | 'profile' | 'documentation' }
  | { table: 'checked_table'; column: 'verdict' }

/** Writes what a step found out about some chosen relations beside them; a repeated call replaces it. */
export async function keepFound(
  db: Database,
  lease: StepLease,
  { table, column }: Kept,
  found: readonly { assetId: string; value: unknown }[],
): Promise<void> {
  if (found.length === 0) return
  const update = sql`
    update ${sql.table(table)} s set ${sql.ref(column)} = w.value
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as w("assetId" uuid, value jsonb)
    where s.job_id = ${lease.jobId}::uuid and s.asset_id = w."assetId"`
  await underLease(db, lease, (trx) => update.execute(trx))
}
