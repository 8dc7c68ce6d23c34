import type { JobType } from '@plumbline/workflows'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { JobRow } from '../jobs/job-queries.ts'
import type { Tables } from '../tables.ts'
import { conditionsOf, type AssetOfJob, type TrendRequest } from './job-trends.ts'
import type { ChangesAround } from './trend-table.ts'
import { takeTurn } from '../take-turn.ts'

/** Of the advisory lock; any number that nothing else takes. */
const lock = 4_201_338
/** Of events: what a short commit may still add before an id that is seen is there by then. */
const settled = '10 seconds'
const eventsAtOnce = 5_000

/** A type of job on an asset, and the jobs of it that completed since the last look. */
export interface EndedRuns {
  organizationId: string
  assetId: string
  type: JobType
  jobIds: string[]
}

/**
 * Gives `look` the jobs that completed since the last call and took at least so long, each once, and remembers how far it came.
 * Several processes may call it; one does it, the others have nothing to do. When `look` fails the same jobs are given again.
 *
 * @returns whether there may be more
 */
export async function lookAtEnded(
  db: Database,
  leastMs: number,
  look: (trx: Transaction<Tables>, runs: EndedRuns[]) => Promise<void>,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if (!(await takeTurn(trx, lock))) return false
    const { rows: seen } = await sql<{ last: number; events: number }>`
      select coalesce(max(id), 0) as last, count(*) as events from (
        select id from job_event where id > (select after from trend_cursor) and at < now() - ${settled}::interval
        order by id limit ${eventsAtOnce}
      ) next`.execute(trx)
    const { last = 0, events = 0 } = seen[0] ?? {}
    if (events === 0) return false
    const { rows } = await sql<EndedRuns>`
      select organization_id as "organizationId", asset_id as "assetId", type, array_agg(id) as "jobIds" from job
      where id in (select job_id from job_event where id > (select after from trend_cursor) and id <= ${last})
        and status = 'completed' and duration_ms >= ${leastMs}
      group by organization_id, asset_id, type`.execute(trx)
    await look(trx, rows)
    await trx.updateTable('trend_cursor').set({ after: last }).execute()
    return events === eventsAtOnce
  })
}

/** A run that took far longer than usual. */
export interface FoundRegression {
  jobId: string
  organizationId: string
  runs: number
  p50Ms: number
  p95Ms: number
  limitMs: number
  beforeJobId: string
}

/** Keeps a regression with what changed around it. Idempotent: a job is flagged once. */
export async function flagRegression(trx: Transaction<Tables>, found: FoundRegression): Promise<void> {
  await sql`
    insert into job_regression (job_id, organization_id, runs, p50_ms, p95_ms, limit_ms, around)
    select slow.id, slow.organization_id, ${found.runs}, ${found.p50Ms}, ${found.p95Ms}, ${found.limitMs}, jsonb_build_object(
      'beforeJobId', good.id,
      'configChanged', slow.config <> good.config,
      'counts', (
        select coalesce(jsonb_agg(jsonb_build_object('name', name, 'before', b.value, 'after', a.value) order by name), '[]')
        from jsonb_each(slow.counts) a(name, value) full join jsonb_each(good.counts) b(name, value) using (name)
        where a.value is distinct from b.value),
      'schemaChanges', (
        select jsonb_build_object('all', count(*), 'breaking', count(*) filter (where c.breaking)) from schema_change c
        where c.organization_id = slow.organization_id and c.database_id = slow.database_id
          and c.detected_at > good.created_at and c.detected_at <= slow.ended_at))
    from job slow, job good
    where slow.id = ${found.jobId}::uuid and slow.organization_id = ${found.organizationId}::uuid
      and good.id = ${found.beforeJobId}::uuid and good.organization_id = slow.organization_id
    on conflict (job_id) do nothing`.execute(trx)
}

/** A slow run, what was usual then, and what changed around it. */
export type RegressionRow = AssetOfJob &
  Pick<JobRow, 'id' | 'type' | 'created_at'> & {
    duration_ms: number
    runs: number
    p50Ms: number
    p95Ms: number
    limitMs: number
    around: ChangesAround
  }

const mostShown = 100

/** The regressions among the jobs of a request, newest first. */
export async function listRegressions(
  db: Database,
  organizationId: string,
  request: TrendRequest,
): Promise<RegressionRow[]> {
  const { rows } = await sql<RegressionRow>`
    select job.id, job.type, job.created_at, job.duration_ms, job.asset_id, job.asset_kind, job.asset_name,
      job.asset_qualified_name, job.connection_id, job.database_name, r.runs, r.p50_ms as "p50Ms", r.p95_ms as "p95Ms", r.limit_ms as "limitMs", r.around
    from job_regression r join job on job.id = r.job_id
    where r.organization_id = ${organizationId}::uuid and ${conditionsOf(organizationId, request)}
    order by job.created_at desc, job.id desc limit ${mostShown}`.execute(db)
  return rows
}
