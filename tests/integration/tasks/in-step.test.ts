import { setTimeout as sleep } from 'node:timers/promises'
import {
  createJobLedger,
  openDatabase,
  selectRelations,
  type Database,
  type JobLedger,
  readJobLog,
} from '@plumbline/store'
import { createAnalysisActivities, createLedgerActivities } from '@plumbline/tasks'
import { ActivityCancellationDetails, ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { MockActivityEnvironment } from '@temporalio/testing'
import { DefaultLogger } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inStep, type StepContext } from '../../../activities/tasks/src/in-step.ts'
import { addSource, table } from '../catalog/catalog-fixture.ts'
import { arrange, completed, openStep, type Arrangement } from '../jobs/arrange.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

/** Failures are what is tested: they need no line in the log. */
const activityEnvironment = (info?: ConstructorParameters<typeof MockActivityEnvironment>[0]) =>
  new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR') })

/** A running job whose step `connect` is open. */
async function openJob(): Promise<string> {
  const { assetId } = await at.addConnection()
  const jobId = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.begin(jobId)
  await ledger.openStep(jobId, 'connect')
  return jobId
}

const stepOf = (jobId: string) =>
  at.db
    .selectFrom('job_step')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('name', '=', 'connect')
    .executeTakeFirstOrThrow()

/** Runs work as the activity of the step; what it throws is the answer. */
async function run(
  environment: MockActivityEnvironment,
  jobId: string,
  work: (context: StepContext) => Promise<unknown>,
  ledger: JobLedger = createJobLedger(at.db),
  tries = Infinity,
): Promise<unknown> {
  try {
    return await environment.run(() => inStep(ledger, { jobId }, 'connect', work, { tries }))
  } catch (error) {
    return error
  }
}

const untilAborted = ({ signal }: StepContext) => sleep(30_000, undefined, { signal })

describe('an attempt', () => {
  test('is counted, writes its last progress, and keeps its error without secrets', async () => {
    const jobId = await openJob()
    const failure = await run(activityEnvironment({ attempt: 3 }), jobId, async ({ hide, progress, job }) => {
      expect(job).toMatchObject({ jobId, type: 'schema_discovery', assetKind: 'database' })
      hide(['hunter2'])
      progress({ done: 1, total: 4 })
      progress({ done: 3, total: 4 })
      throw new Error('refused: hunter2')
    })
    expect(failure).toMatchObject({ type: 'internal', nonRetryable: false, message: 'refused: [redacted]' })
    expect(await stepOf(jobId)).toMatchObject({ attempts: 3, done: 3, total: 4, last_error: 'refused: [redacted]' })
  })

  test('heartbeats its cursor, and the next one goes on from it', async () => {
    const jobId = await openJob()
    const environment = activityEnvironment({ heartbeatDetails: 'page 7' })
    const beats: unknown[] = []
    environment.on('heartbeat', (details) => beats.push(details))
    await run(environment, jobId, async ({ resumeFrom, checkpoint }) => {
      expect(resumeFrom).toBe('page 7')
      await expect.poll(() => beats).toContain('page 7')
      checkpoint('page 8')
      await expect.poll(() => beats).toContain('page 8')
    })
  })

  test('of a job that is not there fails for good', async () => {
    const failure = await run(activityEnvironment(), crypto.randomUUID(), () => Promise.resolve())
    expect(failure).toMatchObject({ type: 'not-found', nonRetryable: true })
  })
})

describe('an attempt that Temporal tries again', () => {
  const retryPolicy = { initialInterval: 8_000, backoffCoefficient: 2, maximumInterval: 60_000, maximumAttempts: 3 }
  const refused = () => Promise.reject(Object.assign(new Error('refused'), { code: 'connection-refused' }))
  const messageOf = async (jobId: string) =>
    (await at.db.selectFrom('job').select('message').where('id', '=', jobId).executeTakeFirstOrThrow()).message

  test('says when, on its step and on the job, until the next begins', async () => {
    const jobId = await openJob()
    const before = Date.now()
    await run(activityEnvironment({ retryPolicy }), jobId, refused)
    const due = (await stepOf(jobId)).next_attempt_at?.getTime() ?? 0
    expect(due).toBeGreaterThanOrEqual(before + 8_000)
    expect(due).toBeLessThan(Date.now() + 8_100)
    expect(await messageOf(jobId)).toBe('refused; trying again in 8 s (attempt 2 of 3)')
    const events = await at.db.selectFrom('job_event').select('id').where('job_id', '=', jobId).execute()

    await run(activityEnvironment({ attempt: 2, retryPolicy }), jobId, async () => {
      expect(await stepOf(jobId)).toMatchObject({ attempts: 2, next_attempt_at: null, last_error: 'refused' })
      expect(await messageOf(jobId)).toBe('Connect')
    })
    const later = await at.db.selectFrom('job_event').select('id').where('job_id', '=', jobId).execute()
    expect(later.length).toBe(events.length + 1)
  })

  test('says nothing of it after the last', async () => {
    const jobId = await openJob()
    await run(activityEnvironment({ attempt: 3, retryPolicy }), jobId, refused)
    expect(await stepOf(jobId)).toMatchObject({ next_attempt_at: null, last_error: 'refused' })
  })
})

describe('the log', () => {
  const linesOf = async (jobId: string) => {
    const lines = await readJobLog(at.db, at.actor.organizationId, jobId, {}, { order: 'asc', limit: 100 })
    return lines.filter(({ attempt }) => attempt !== null)
  }

  test('of an attempt is written as it goes, without secrets, and tells how it failed', async () => {
    const jobId = await openJob()
    await run(activityEnvironment({ attempt: 2 }), jobId, async ({ log, hide }) => {
      hide(['hunter22'])
      log('info', 'connected with hunter22', { url: 'postgres://reader:hunter22@db' })
      await expect.poll(() => linesOf(jobId)).toHaveLength(2)
      throw Object.assign(new Error('hunter22 was refused'), { code: 'authentication-failed' })
    })
    expect(await linesOf(jobId)).toMatchObject([
      { level: 'info', step: 'connect', attempt: 2, message: 'Attempt 2 began' },
      { message: 'connected with [redacted]', fields: { url: 'postgres://reader:[redacted]@db' } },
      {
        level: 'error',
        message: 'Attempt 2 failed: [redacted] was refused',
        fields: { code: 'authentication-failed' },
      },
    ])
  })

  test('that cannot be written fails no attempt, and says later what it lost', async () => {
    const jobId = await openJob()
    const ledger = createJobLedger(at.db)
    let full = true
    const refused = Promise.withResolvers<void>()
    const onFullDisk: JobLedger = {
      ...ledger,
      async appendLog(...lines) {
        if (!full) return ledger.appendLog(...lines)
        refused.resolve()
        throw Object.assign(new Error('could not extend file'), { code: '53100' })
      },
    }
    const work = async ({ log }: StepContext) => {
      log('info', 'lost')
      await refused.promise
      full = false
      log('info', 'kept')
      return 'done'
    }
    expect(await run(activityEnvironment(), jobId, work, onFullDisk)).toBe('done')
    expect((await linesOf(jobId)).map(({ message }) => message)).toEqual([
      '1 lines before this one could not be written and are lost',
      'kept',
    ])
  })
})

test('the last of the tries of a step ends it with its own error; attempts that were lost with a worker are none', async () => {
  const jobId = await openJob()
  const attempt = (number: number) => {
    const refused = () => Promise.reject(new Error('refused'))
    return run(activityEnvironment({ attempt: number }), jobId, refused, undefined, 3)
  }
  expect(await attempt(1)).toMatchObject({ message: 'refused', nonRetryable: false })
  // The second to the fifth were lost.
  expect(await attempt(6)).toMatchObject({ message: 'refused', nonRetryable: false })
  expect(await attempt(7)).toMatchObject({ message: 'refused', nonRetryable: true })
  expect(await stepOf(jobId)).toMatchObject({ attempts: 7, failures: 3 })
})

test('a job that has ended is not worked for again', async () => {
  const jobId = await openJob()
  await createJobLedger(at.db).end(jobId, completed)
  let worked = false
  const failure = await run(activityEnvironment({ attempt: 2 }), jobId, async () => {
    worked = true
  })
  expect(failure).toMatchObject({ type: 'job-already-ended', nonRetryable: true })
  expect(worked).toBe(false)
  expect(await stepOf(jobId)).toMatchObject({ attempts: 0, last_error: null })
})

describe('a record that is away', () => {
  /** Away for the first calls, as a Postgres that starts again. */
  const awayFor = (calls: number): JobLedger => {
    const ledger = createJobLedger(at.db)
    let left = calls
    return {
      ...ledger,
      async beginAttempt(lease) {
        if (left-- > 0) throw Object.assign(new Error('the database system is starting up'), { code: '57P03' })
        return ledger.beginAttempt(lease)
      },
    }
  }

  test('is waited for inside the attempt, and the work goes on', async () => {
    const environment = activityEnvironment({ startToCloseTimeoutMs: 60_000 })
    expect(await run(environment, await openJob(), () => Promise.resolve('done'), awayFor(2))).toBe('done')
  })

  test('does not hold up a cancel', async () => {
    const environment = activityEnvironment({ startToCloseTimeoutMs: 60_000 })
    const running = run(environment, await openJob(), () => Promise.resolve('done'), awayFor(Infinity))
    environment.cancel()
    expect(await running).toBeInstanceOf(CancelledFailure)
  })

  test('in the middle of the work lets it begin again from its checkpoint', async () => {
    const environment = activityEnvironment({ startToCloseTimeoutMs: 60_000 })
    const resumed: (string | undefined)[] = []
    await run(environment, await openJob(), async ({ resumeFrom, checkpoint }) => {
      resumed.push(resumeFrom)
      if (resumed.length > 1) return
      checkpoint('page 2')
      throw new Error('Connection terminated unexpectedly')
    })
    expect(resumed).toEqual([undefined, 'page 2'])
  })
})

describe('an interruption', () => {
  test('that a person asked for is a cancel', async () => {
    const environment = activityEnvironment()
    const running = run(environment, await openJob(), untilAborted)
    environment.cancel()
    expect(await running).toBeInstanceOf(CancelledFailure)
  })

  test.each([
    ['a shutdown of the worker', 'WORKER_SHUTDOWN', { workerShutdown: true }],
    ['a heartbeat that came too late', 'TIMED_OUT', { timedOut: true }],
  ] as const)('by %s leaves the work to another worker', async (_, reason, details) => {
    const environment = activityEnvironment()
    const jobId = await openJob()
    const running = run(environment, jobId, untilAborted)
    environment.cancel(reason, new ActivityCancellationDetails(details))
    const failure = await running
    expect(failure).toBeInstanceOf(ApplicationFailure)
    expect(failure).toMatchObject({ type: 'worker-lost', nonRetryable: false })
    expect(await at.statusOf(jobId)).toBe('running')
  })
})

test('a record that is away is something to try again', async () => {
  const away: Database = openDatabase({ url: 'postgres://x@127.0.0.1:9/x', poolSize: 1, applicationName: 'test' })
  const activities = createLedgerActivities({ db: away, ledger: createJobLedger(away) })
  const environment = activityEnvironment()
  await expect(environment.run(() => activities.storeTags({ jobId: crypto.randomUUID() }))).rejects.toMatchObject({
    type: 'record-unreachable',
    nonRetryable: false,
  })
  await away.destroy()
})

test('classification goes on after the relations that an attempt before it has done', async () => {
  const source = await addSource(at)
  await source.discover({ relations: [table(1, 's/a', ['email']), table(2, 's/b', ['email'])] })
  const jobId = await at.addJob(source.databaseId, 'tag_generation')
  const ledger = createJobLedger(at.db)
  await ledger.begin(jobId)
  await selectRelations(
    at.db,
    await openStep(at.db, jobId, 'select'),
    { connectionId: source.connectionId, assetId: source.databaseId, assetKind: 'database' },
    { upkeep: 'tagged', changedOnly: false },
  )
  await ledger.openStep(jobId, 'classify')
  const activities = createAnalysisActivities({ db: at.db, ledger })
  const selected = await at.db
    .selectFrom('selected_table')
    .select('asset_id')
    .where('job_id', '=', jobId)
    .orderBy('asset_id')
    .execute()
  const done = selected[0]?.asset_id ?? ''
  await activityEnvironment({ heartbeatDetails: `${done} 1 0` }).run(() => activities.classifyColumns({ jobId }))
  const rows = await at.db
    .selectFrom('selected_table')
    .select(['asset_id', 'tags'])
    .where('job_id', '=', jobId)
    .execute()
  const tagged = Object.fromEntries(rows.map((row) => [row.asset_id, row.tags !== null]))
  expect(tagged).toEqual({ [done]: false, [selected[1]?.asset_id ?? '']: true })
})
