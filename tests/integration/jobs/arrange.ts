import {
  createConnection,
  createJob,
  createJobLedger,
  ensureAdmin,
  identify,
  newId,
  openDatabase,
  type Actor,
  type Database,
  type StepLease,
} from '@plumbline/store'
import type { JobOutcome, JobType } from '@plumbline/workflows'
import { createRecord } from '../../support/test-database.ts'

/** A record with one organization and connections on demand. */
export interface Arrangement {
  db: Database
  url: string
  actor: Actor
  /** @returns the id of the connection's root asset */
  addConnection(maxConcurrentJobs?: number): Promise<{ connectionId: string; assetId: string }>
  /** @returns the id of a new pending job */
  addJob(assetId: string, type?: JobType): Promise<string>
  statusOf(jobId: string): Promise<string>
}

export async function arrange(): Promise<Arrangement> {
  const url = await createRecord()
  const db = openDatabase({ url, poolSize: 20, applicationName: 'test' })
  await ensureAdmin(db, { organization: 'local', tokenName: 'ann', token: 'secret' })
  const identity = await identify(db, 'secret')
  const actor: Actor = { organizationId: identity?.organizationId ?? '', name: 'ann', requestId: 'request-1' }
  return {
    db,
    url,
    actor,
    async addConnection(maxConcurrentJobs = 4) {
      const id = newId()
      const saved = await createConnection(db, actor, {
        id,
        name: `connection ${id}`,
        kind: 'postgres',
        settings: { host: '127.0.0.1', port: 5432, database: 'shop', user: 'reader' },
        sealedCredentials: Buffer.from('sealed'),
        maxConcurrentJobs,
        database: 'shop',
      })
      if (saved.kind !== 'saved') throw new Error(saved.kind)
      return { connectionId: id, assetId: saved.connection.rootAssetId }
    },
    async addJob(assetId, type = 'schema_discovery') {
      const created = await createJob(db, actor, { type, assetId, config: {}, trigger: 'manual' })
      if (created.kind !== 'created') throw new Error(created.kind)
      return created.job.id
    },
    async statusOf(jobId) {
      const row = await db.selectFrom('job').select('status').where('id', '=', jobId).executeTakeFirstOrThrow()
      return row.status
    },
  }
}

export const completed: JobOutcome = { kind: 'completed', message: 'done', counts: { tables: 3 } }
export const failed: JobOutcome = {
  kind: 'failed',
  error: { code: 'connection-refused', message: 'refused', retryable: true, hint: 'start it', stack: null, causes: [] },
}

/** Opens a step of a running job and begins its first attempt. @returns what that writes by */
export async function openStep(db: Database, jobId: string, step: string): Promise<StepLease> {
  const ledger = createJobLedger(db)
  const lease = { jobId, step, attempt: 1, runId: 'run' }
  await ledger.openStep(jobId, step, null, lease.runId)
  await ledger.beginAttempt(lease)
  return lease
}

/** Takes a job through all its life. */
export async function runThrough(db: Database, jobId: string, outcome: JobOutcome): Promise<void> {
  const ledger = createJobLedger(db)
  await ledger.begin(jobId)
  await ledger.end(jobId, outcome)
}
