import { connectionKinds, supports } from '@plumbline/connectors/kinds'
import { jobDefinition, type JobType, type TriggerKind } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import type { Trx } from './job-events.ts'

export interface NewJob {
  id: string
  organizationId: string
  type: JobType
  assetId: string
  config: Record<string, unknown>
  trigger: TriggerKind
  actor: string
  scheduleId?: string
  parentJobId?: string
  /** Of a retry: the attempt before it and what it takes over from it. */
  retry?: { of: string; rootJobId: string; attempt: number }
  /** Of a single job: it is given a slot with its row where one is free and nobody waits. */
  keepSlot?: boolean
}

/** Jobs of one kind and origin, on one asset each. */
export interface NewJobs extends Omit<NewJob, 'id' | 'assetId'> {
  targets: readonly { id: string; assetId: string }[]
}

/**
 * Writes a pending job with its steps and its event.
 *
 * The indexes decide: an active twin on the same asset, the same id again, or a second retry of one attempt insert nothing;
 * nor does an asset that is not there any more or that the type does not run on, or whose kind of warehouse it does not run on.
 * @returns false when nothing was inserted
 */
export async function insertJob(trx: Trx, { id, assetId, ...job }: NewJob): Promise<boolean> {
  const inserted = await insertJobs(trx, { ...job, targets: [{ id, assetId }] })
  return inserted.length === 1
}

/** As `insertJob`, for any number in the same statement. @returns the ids of those that were inserted */
export async function insertJobs(trx: Trx, jobs: NewJobs): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`select ${insertion(jobs)} as ids`.execute(trx)
  return rows[0]?.ids ?? []
}

/** The call of `insert_jobs`, to be part of a statement; its value is the ids of those that were inserted. */
export function insertion({ targets, ...made }: NewJobs): RawBuilder<string[]> {
  const { assetKinds, steps } = jobDefinition(made.type)
  const rows = steps.map(({ name, label, weight, unit, version }, position) => ({
    name,
    label,
    weight,
    unit,
    version,
    position,
  }))
  return sql<string[]>`insert_jobs(${targets.map(({ id }) => id)}::uuid[], ${assetsFor(made.type, targets)},
    ${JSON.stringify(made)}::jsonb, ${JSON.stringify(rows)}::jsonb, ${[...assetKinds]}::text[])`
}

/** The assets, with null for one whose kind of warehouse the type does not run on; most types run on every kind. */
function assetsFor(type: JobType, targets: NewJobs['targets']): RawBuilder<string[]> {
  const assets = sql<string[]>`${targets.map(({ assetId }) => assetId)}::uuid[]`
  const barred = connectionKinds.filter((kind) => !supports(kind, type))
  if (barred.length === 0) return assets
  return sql`array(
    select case when c.kind = any(${barred}::text[]) then null else t.id end
    from unnest(${assets}) with ordinality as t(id, place)
    left join asset a on a.id = t.id left join connection c on c.id = a.connection_id
    order by t.place)`
}
