import { createJobLedger, jobEventRange, openDatabase, type Database } from '@plumbline/store'
import { createParser } from 'eventsource-parser'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createNamespace } from '../../support/test-namespace.ts'
import { createRecord } from '../../support/test-database.ts'

let gateway: TestGateway
let db: Database
let databaseUrl: string
let assetId: string
beforeAll(async () => {
  databaseUrl = await createRecord()
  db = openDatabase({ url: databaseUrl, poolSize: 4, applicationName: 'test' })
  gateway = await startTestGateway({
    databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: await createNamespace(),
  })
  const made = await gateway.call('POST', '/connections', {
    name: 'Shop',
    kind: 'postgres',
    settings: { host: '127.0.0.1', database: 'shop', user: 'reader' },
    credentials: { password: 'x' },
  })
  assetId = made.body.rootAssetId
})
afterAll(async () => {
  await gateway.stop()
  await db.destroy()
})

interface Received {
  id: string | undefined
  event: string | undefined
  job: { id: string; type: string; status: string; progress: { percent: number } }
}

/** What a stream has brought so far; it is read until `close`. */
async function follow(query = '', lastEventId?: string) {
  const received: Received[] = []
  const stop = new AbortController()
  const answer = await fetch(`${gateway.base}/api/v1/jobs/events${query}`, {
    headers: { authorization: `Bearer ${gateway.token}`, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: stop.signal,
  })
  const parser = createParser({ onEvent: ({ id, event, data }) => received.push({ id, event, job: JSON.parse(data) }) })
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) parser.feed(new TextDecoder().decode(chunk))
  })().catch(() => undefined)
  return {
    received,
    contentType: answer.headers.get('content-type'),
    async close() {
      stop.abort()
      await reading
    },
  }
}

/** A job from its start to its end; Temporal has no worker here, so the record alone moves it. */
async function liveOneJob(type: string): Promise<string> {
  const { body } = await gateway.call('POST', '/jobs', { type, assetId })
  const ledger = createJobLedger(db)
  await ledger.begin(body.id)
  await ledger.openStep(body.id, 'select')
  await ledger.end(body.id, { kind: 'completed', message: 'done', counts: {} })
  return body.id
}

const of = (received: Received[], jobId: string) => received.filter((event) => event.job.id === jobId)

test('a stream brings every change of a job in order, and resumes after the last one seen', async () => {
  const live = await follow()
  expect(live.contentType).toContain('text/event-stream')
  const jobId = await liveOneJob('tag_generation')
  // Made, begun, ended. An event shows the job as it is when it is sent: an early one may show the end already.
  await expect.poll(() => of(live.received, jobId).length).toBeGreaterThanOrEqual(3)
  expect(of(live.received, jobId).at(-1)?.job.status).toBe('completed')
  const ids = of(live.received, jobId).map((event) => event.id)
  expect(new Set(ids).size).toBe(ids.length)

  const resumed = await follow('?type=tag_generation', ids[0])
  await expect.poll(() => of(resumed.received, jobId).map((event) => event.id)).toEqual(ids.slice(1))
  await Promise.all([live.close(), resumed.close()])
})

test('a stream shows only what its filter lets through', async () => {
  const filtered = await follow('?type=lineage_extraction')
  await liveOneJob('tag_generation')
  const jobId = await liveOneJob('lineage_extraction')
  await expect.poll(() => of(filtered.received, jobId).at(-1)?.job.status).toBe('completed')
  expect(new Set(filtered.received.map((event) => event.job.type))).toEqual(new Set(['lineage_extraction']))
  await filtered.close()
})

test.each(['999999999', 'rubbish', '-5'])('the position %s is answered with a reset', async (position) => {
  const stream = await follow('', position)
  await expect.poll(() => stream.received[0]?.event).toBe('reset')
  await stream.close()
})

test('an id that is missing for a moment is waited for, one that never comes is passed', async () => {
  const live = await follow()
  const { rows } = await db
    .transaction()
    .execute(async (trx) => {
      const { id } = await trx.selectFrom('organization').select('id').executeTakeFirstOrThrow()
      await trx.insertInto('job_event').values({ organization_id: id, job_id: crypto.randomUUID() }).execute()
      throw new RolledBack()
    })
    .catch((error: unknown) => {
      if (error instanceof RolledBack) return { rows: [] }
      throw error
    })
  expect(rows).toEqual([])
  const jobId = await liveOneJob('tag_generation')
  await expect.poll(() => of(live.received, jobId).at(-1)?.job.status).toBe('completed')
  await live.close()
})

test('a stream that resumes while an event is on its way to the others gets it too', async () => {
  const jobId = await liveOneJob('tag_generation')
  const others = await follow()
  const { organization_id } = await db.selectFrom('job').select('organization_id').executeTakeFirstOrThrow()
  const before = (await jobEventRange(db)).newest
  const [locking, watching] = [new Client(databaseUrl), new Client(databaseUrl)]
  await Promise.all([locking.connect(), watching.connect()])
  // Nobody can read jobs now, so the event is known, but cannot be shown yet.
  await locking.query('begin; lock table job in access exclusive mode')
  await db.insertInto('job_event').values({ organization_id, job_id: jobId }).execute()
  await expect.poll(() => waitingReads(watching)).toBeGreaterThan(0)
  const resumed = await follow('', String(before))
  await Promise.all([locking.end(), watching.end()])
  const isThere = (received: Received[]) => received.some(({ id }) => id === String(before + 1))
  await expect.poll(() => isThere(others.received)).toBe(true)
  await expect.poll(() => isThere(resumed.received)).toBe(true)
  await Promise.all([others.close(), resumed.close()])
})

/** How many reads of changed jobs wait for a lock. */
async function waitingReads(client: Client): Promise<number> {
  const { rows } = await client.query(
    `select from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and query like '%shown_jobs%'`,
  )
  return rows.length
}

class RolledBack extends Error {}
