import {
  createConnection,
  ensureAdmin,
  identify,
  newId,
  openDatabase,
  type Database,
  type Tables,
} from '@plumbline/store'
import type { Selectable } from 'kysely'
import { jobTypes, type ErrorCode, type JobStatus, type JobType } from '@plumbline/workflows'
import { pastJobRow } from '../../support/past-job-row.ts'
import { actors, connections } from './names.ts'
import { addObserved } from './observed.ts'

/** A job of the generated history, as far as truths are reckoned from it. */
export interface PastJob {
  id: string
  type: JobType
  status: JobStatus
  connection: string
  actor: string
  createdAt: number
  durationMs: number | null
  errorCode: ErrorCode | null
}

const statuses: readonly JobStatus[] = ['completed', 'completed', 'completed', 'failed', 'cancelled']
const errors = ['connection-refused', 'permission-denied', 'statement-timeout'] as const
const jobs = 4_000
const everyMs = 17 * 60_000

type Root = Selectable<Tables['asset']>

/** Some seven weeks of jobs until now, drawn by a fixed rule. @returns them newest first */
export async function generateHistory(databaseUrl: string, asker: string): Promise<PastJob[]> {
  const db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'bench' })
  await ensureAdmin(db, { organization: 'local', tokenName: asker, token: 'generated' })
  const identity = await identify(db, 'generated')
  const organizationId = identity?.organizationId ?? ''
  const roots = new Map<string, Root>()
  for (const name of connections) roots.set(name, await connect(db, organizationId, asker, name))
  const past = Array.from({ length: jobs }, (_, n) => pastJob(n))
  for (let from = 0; from < past.length; from += 500) {
    await db
      .insertInto('job')
      .values(past.slice(from, from + 500).map((job) => rowOf(job, roots.get(job.connection))))
      .execute()
  }
  await addObserved(db, roots, past[0]?.id ?? '')
  await db.destroy()
  return past
}

async function connect(db: Database, organizationId: string, name: string, connection: string): Promise<Root> {
  const saved = await createConnection(
    db,
    { organizationId, name, requestId: 'bench' },
    {
      id: newId(),
      name: connection,
      kind: 'postgres',
      settings: { host: '127.0.0.1', port: 5432, database: `${connection}_db`, user: 'reader' },
      sealedCredentials: Buffer.from('sealed'),
      maxConcurrentJobs: 4,
      database: `db_${connection.length}`,
    },
  )
  if (saved.kind !== 'saved') throw new Error(saved.kind)
  return db.selectFrom('asset').selectAll().where('id', '=', saved.connection.rootAssetId).executeTakeFirstOrThrow()
}

/** Each part goes through its values in steps that have no common divisor, so that all combinations come. */
function pastJob(n: number): PastJob {
  const status = statuses[(n * 7) % statuses.length] ?? 'completed'
  return {
    id: newId(),
    type: jobTypes[(n * 5 + Math.floor(n / 6)) % jobTypes.length] ?? 'schema_discovery',
    status,
    connection: connections[(n * 3 + Math.floor(n / 11)) % connections.length] ?? '',
    actor: actors[(n + Math.floor(n / 5)) % actors.length] ?? '',
    createdAt: Date.now() - 90_000 - n * everyMs,
    durationMs: status === 'cancelled' ? null : 1_000 + ((n * 7_919) % 60_000),
    errorCode: status === 'failed' ? (errors[Math.floor(n / 3) % errors.length] ?? null) : null,
  }
}

function rowOf(job: PastJob, root: Root | undefined) {
  if (!root) throw new Error(`no connection ${job.connection}`)
  const error = job.errorCode && {
    code: job.errorCode,
    message: `it failed: ${job.errorCode}`,
    retryable: false,
    hint: 'Look.',
    stack: null,
    causes: [],
  }
  return pastJobRow(root, {
    id: job.id,
    type: job.type,
    status: job.status,
    percent: job.status === 'completed' ? 100 : 0,
    actor: job.actor,
    created_at: new Date(job.createdAt),
    started_at: job.durationMs === null ? null : new Date(job.createdAt),
    ended_at: new Date(job.createdAt + (job.durationMs ?? 0)),
    ...(error && { error: JSON.stringify(error), message: error.message }),
  })
}
