import { Client } from 'pg'
import { isAccepted, type Asked } from './recording-client.ts'
import { makesJob } from './load.ts'
import type { Source } from './sources.ts'

/** Each gives the ids of what breaks it; all are empty in a record that is true. */
const promises: Record<string, string> = {
  'every job has ended': `select id from job where ended_at is null`,
  'no step of an ended job runs': `select distinct job_id as id from job_step where status = 'running'`,
  'a completed discovery has its snapshot': `select id from job
    where type = 'schema_discovery' and status = 'completed' and not exists (select from snapshot where job_id = job.id)`,
  // The sources never change: a result that was stored twice, or mixed from two reads, shows as a change.
  'no discovery found a change': `select distinct job_id as id from schema_change`,
  'no asset is gone': `select id from asset where removed_at is not null`,
  'no asset is there twice': `select min(id::text) as id from asset group by connection_id, qualified_name, kind having count(*) > 1`,
  'a parent has one child of a type': `select parent_job_id as id from job where parent_job_id is not null and retry_of is null
    group by parent_job_id, type having count(*) > 1`,
  'a job is retried once': `select retry_of as id from job where retry_of is not null group by retry_of having count(*) > 1`,
  'a start is in the audit once': `select id from job where trigger_kind = 'manual' and 1 <> (
    select count(*) from audit where action = 'job.create' and target_id = job.id)`,
  'a retry is in the audit once': `select id from job where trigger_kind = 'retry' and 1 <> (
    select count(*) from audit where action = 'job.retry' and target_id = job.retry_of and after ->> 'jobId' = job.id::text)`,
  'the audit names no job that is not there': `select target_id as id from audit
    where target_kind = 'job' and not exists (select from job where id = audit.target_id)`,
  'a cancelled job was cancelled by somebody': `select id from job where status = 'cancelled' and not exists (
    select from audit where action = 'job.cancel' and target_id = job.id)`,
  'what a completed job kept between its steps is gone': [
    'discovered_schema',
    'discovered_relation',
    'discovered_change',
  ]
    .concat('discovered_match', 'selected_table', 'collected_query', 'traced_edge')
    .map(
      (table) =>
        `select distinct job_id as id from ${table} join job on job.id = job_id where job.status = 'completed'`,
    )
    .join(' union '),
}

export interface EndedJob {
  id: string
  type: string
  status: string
  code: string | null
  connectionId: string
}

export interface Held {
  databaseUrl: string
  sources: readonly Source[]
  asked: readonly Asked[]
  /** Error codes that a fault makes true ends of jobs. */
  trueCodes: readonly string[]
  /** Jobs from before were looked at already. */
  since: Date
}

/** What the record does not hold to, after everything has ended: `promise: id` each, and the jobs that were looked at. */
export async function brokenPromises(held: Held): Promise<{ broken: string[]; jobs: EndedJob[] }> {
  const record = new Client({ connectionString: held.databaseUrl })
  await record.connect()
  try {
    const broken: string[] = []
    for (const [promise, query] of Object.entries(promises)) {
      const { rows } = await record.query<{ id: string }>(query)
      broken.push(...rows.map(({ id }) => `${promise}: ${id}`))
    }
    const { rows: jobs } = await record.query<EndedJob>(
      `select id, type, status, error ->> 'code' as code, connection_id as "connectionId" from job where created_at >= $1`,
      [held.since],
    )
    const { rows: found } = await record.query<{ connectionId: string; tables: number }>(
      `select connection_id as "connectionId", count(*)::int as tables from asset where kind = 'table' group by 1`,
    )
    const tables = new Map(found.map((row) => [row.connectionId, row.tables]))
    broken.push(...untrueEnds(held, jobs), ...wrongCatalogs(held, jobs, tables), ...brokenAnswers(held, jobs))
    return { broken, jobs }
  } finally {
    await record.end()
  }
}

/** A job ends as its source and its cancels make it end. */
function untrueEnds({ sources, trueCodes }: Held, jobs: readonly EndedJob[]): string[] {
  const kinds = new Map(sources.map(({ connectionId, kind }) => [connectionId, kind]))
  const codes = {
    small: [],
    large: [],
    refusing: ['connection-refused'],
    hanging: ['connection-timeout'],
  } as const
  return jobs.flatMap(({ id, type, status, code, connectionId }) => {
    const kind = kinds.get(connectionId) ?? 'small'
    // Jobs of all types are asked for at once: one that comes before the first discovery has nothing to look at.
    const early = type === 'schema_discovery' ? [] : ['not-discovered']
    const allowed: readonly string[] = [...codes[kind], ...early, ...trueCodes]
    if (status === 'failed' && !allowed.includes(code ?? ''))
      return [`a job on a ${kind} source failed by ${code}: ${id}`]
    const impossible = status === 'completed' && type === 'schema_discovery' && codes[kind].length > 0
    return impossible ? [`a discovery of a ${kind} source completed: ${id}`] : []
  })
}

function wrongCatalogs({ sources }: Held, jobs: readonly EndedJob[], tables: Map<string, number>): string[] {
  const discovered = new Set(
    jobs
      .filter(({ type, status }) => type === 'schema_discovery' && status === 'completed')
      .map(({ connectionId }) => connectionId),
  )
  return sources
    .filter(({ connectionId, tables: there }) => discovered.has(connectionId) && tables.get(connectionId) !== there)
    .map(({ connectionId, tables: there }) => `${tables.get(connectionId)} of ${there} tables: ${connectionId}`)
}

/** What was answered holds: the job is there, and one that was shown as ended by its cancel stayed so. */
function brokenAnswers({ asked }: Held, jobs: readonly EndedJob[]): string[] {
  const statuses = new Map(jobs.map(({ id, status }) => [id, status]))
  return asked.filter(isAccepted).flatMap((request) => {
    const { id, status } = request.answer?.body ?? {}
    if (makesJob(request)) return statuses.has(id) ? [] : [`an accepted job is not there: ${id}`]
    if (!request.path.endsWith('/cancel') || status !== 'cancelled') return []
    return statuses.get(id) === 'cancelled' ? [] : [`a cancelled job is ${statuses.get(id)}: ${id}`]
  })
}
