import type { AnomalySide, MeasureMethod, MetricName, NoDataReason } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { StepLease } from '../jobs/step-lease.ts'
import { keepFound, onPage, type SelectionPage } from '../selection/selected-tables.ts'

/** One value of a table, as a job keeps it between its steps. */
export interface MeasuredValue {
  /** Of its series, made by `seriesKeyOf`. */
  key: string
  metric: MetricName
  column: string | null
  group: string | null
  definition: { id: string; revision: number } | null
  value: number | null
  noData: NoDataReason | null
  method: MeasureMethod
}

/** What the judgement adds; all null where there is too little history, or no value. */
export interface Judgement {
  expected: number | null
  low: number | null
  high: number | null
  anomaly: AnomalySide | null
}

export type JudgedValue = MeasuredValue & Judgement

export interface MeasuredTable<Value = MeasuredValue> {
  assetId: string
  metrics: { at: string; values: Value[] }
}

/** The series that a value belongs to, within its asset. A changed definition begins another one. */
export function seriesKeyOf({
  metric,
  column,
  group,
  definition,
}: Pick<MeasuredValue, 'metric' | 'column' | 'group' | 'definition'>): string {
  return definition ? `${definition.id}:${definition.revision}:${group ?? ''}` : `${metric}:${column ?? ''}`
}

/** What was measured of some chosen tables, or what they were judged to be. */
export async function writeMeasured(
  db: Database,
  lease: StepLease,
  tables: readonly (MeasuredTable | MeasuredTable<JudgedValue>)[],
): Promise<void> {
  const found = tables.map(({ assetId, metrics }) => ({ assetId, value: metrics }))
  await keepFound(db, lease, { table: 'selected_table', column: 'metrics' }, found)
}

/** The chosen tables that were measured. */
export async function measuredTables(db: Database, jobId: string, page: SelectionPage): Promise<MeasuredTable[]> {
  const { rows } = await sql<MeasuredTable>`
    select asset_id as "assetId", metrics from selected_table
    where job_id = ${jobId}::uuid and metrics is not null
    ${onPage('asset_id', page)}`.execute(db)
  return rows
}

/** How many of the chosen tables were measured. */
export async function countMeasured(db: Database, jobId: string): Promise<number> {
  const row = await db
    .selectFrom('selected_table')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('job_id', '=', jobId)
    .where('metrics', 'is not', null)
    .executeTakeFirst()
  return row?.count ?? 0
}
