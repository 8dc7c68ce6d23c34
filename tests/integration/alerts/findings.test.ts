import type { Database, Tables } from '@plumbline/store'
import type { JobType } from '@plumbline/workflows'
import type { Insertable } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pastJobRow } from '../../support/past-job-row.ts'
import { startLineageStage, type LineageStage } from '../lineage/lineage-stage.ts'

let stage: LineageStage
let db: Database
let database: string
let orders: string
beforeAll(async () => {
  stage = await startLineageStage()
  db = stage.db
  const seeded = await stage.seed([{ schema: 'sales', name: 'orders', columns: ['id', 'mail'] }], [])
  database = seeded.get('') ?? ''
  orders = seeded.get('sales.orders') ?? ''
})
afterAll(() => stage.stop())

const incidents = async (kind: string) => (await stage.gateway.call('GET', `/incidents?kind=${kind}`)).body.items
const one = async (kind: string) => {
  await expect.poll(() => incidents(kind)).toHaveLength(1)
  return (await incidents(kind))[0]
}
const over = (kind: string) => expect.poll(async () => (await incidents(kind))[0]?.state).toBe('resolved')

/** A job on the database, which what it found is written for before it is heard of. */
async function jobOf(type: JobType, part: Partial<Insertable<Tables['job']>> = {}): Promise<string> {
  const root = await db.selectFrom('asset').selectAll().where('id', '=', database).executeTakeFirstOrThrow()
  const id = crypto.randomUUID()
  const ended = { status: 'completed', percent: 100, ended_at: new Date() } as const
  const begun = new Date(Date.now() - 5_000)
  await db
    .insertInto('job')
    .values(pastJobRow(root, { id, type, created_at: begun, started_at: begun, ...ended, ...part }))
    .execute()
  return id
}

async function hear(jobId: string): Promise<void> {
  const { organization_id } = await db
    .selectFrom('job')
    .select('organization_id')
    .where('id', '=', jobId)
    .executeTakeFirstOrThrow()
  await db.insertInto('job_event').values({ organization_id, job_id: jobId }).execute()
}

test('breaking changes of a discovery, and new personal data of a run, are one incident with each table in it', async () => {
  const { organization_id } = await db
    .selectFrom('organization')
    .select('id as organization_id')
    .executeTakeFirstOrThrow()
  const discovery = await jobOf('schema_discovery')
  const change = { organization_id, asset_id: orders, database_id: database, job_id: discovery, breaking: true }
  await db
    .insertInto('schema_change')
    .values(['mail', 'id'].map((column_name) => ({ ...change, kind: 'column_removed' as const, column_name })))
    .execute()
  await hear(discovery)
  const tagging = await jobOf('tag_generation')
  await db
    .insertInto('tag_change')
    .values({ asset_id: orders, column_name: 'mail', tag: 'email', category: 'pii', kind: 'added', job_id: tagging })
    .execute()
  await hear(tagging)
  expect(await one('breaking_change')).toMatchObject({
    occurrences: 1,
    message: expect.stringMatching(/orders: column removed mail, column removed id$/),
    asset: { id: database },
  })
  expect(await one('new_pii')).toMatchObject({ message: expect.stringMatching(/orders: mail \(email\)$/) })
  const [shown] = (await stage.gateway.call('GET', `/incidents?jobId=${tagging}`)).body.items
  expect(shown).toMatchObject({ kind: 'new_pii' })
})

test('a stale table is one of its schema until a check finds it fresh', async () => {
  const stale = await jobOf('freshness_check')
  const at = new Date()
  await db
    .insertInto('freshness')
    .values({
      asset_id: orders,
      state: 'stale',
      since: at,
      finding: '{}',
      verdict: '{}',
      checked_at: at,
      job_id: stale,
    })
    .execute()
  await hear(stale)
  expect(await one('stale_table')).toMatchObject({
    state: 'open',
    asset: { qualifiedName: expect.stringMatching(/sales$/) },
  })
  const fresh = await jobOf('freshness_check')
  await db.updateTable('freshness').set({ state: 'fresh', job_id: fresh }).where('asset_id', '=', orders).execute()
  await hear(fresh)
  await over('stale_table')
})

test('a job that became slow is over with a run that is not; one that runs for hours, when it ends', async () => {
  const begun = Date.now() - 5 * 3_600_000
  const running = await jobOf('lineage_extraction', {
    status: 'running',
    percent: 10,
    ended_at: null,
    started_at: new Date(begun),
    run_id: 'none',
    checked_at: new Date(Date.now() + 600_000),
  })
  const slow = await jobOf('metric_capture', { started_at: new Date(Date.now() - 60_000) })
  const { organization_id } = await db
    .selectFrom('organization')
    .select('id as organization_id')
    .executeTakeFirstOrThrow()
  const usual = { runs: 20, p50_ms: 2_000, p95_ms: 3_000, limit_ms: 20_000 }
  await db
    .insertInto('job_regression')
    .values({ job_id: slow, organization_id, around: '{}', ...usual })
    .execute()
  expect(await one('regression')).toMatchObject({ message: 'Took 60 s; usual are 2 to 3 s' })
  expect(await one('long_running')).toMatchObject({ jobType: 'lineage_extraction' })
  const soon = new Date(Date.now() + 1)
  await hear(await jobOf('metric_capture', { started_at: soon, ended_at: new Date(soon.getTime() + 5_000) }))
  await over('regression')
  await db.updateTable('job').set({ status: 'cancelled', ended_at: new Date() }).where('id', '=', running).execute()
  await over('long_running')
})

test('a skipped tick is one of its schedule until a later one starts its jobs', async () => {
  const { body: schedule } = await stage.gateway.call('POST', '/schedules', {
    name: 'Nightly',
    type: 'freshness_check',
    assetId: database,
    interval: '1d',
  })
  const tick = { schedule_id: schedule.id, kind: 'tick' as const }
  const at = new Date(Date.now() - 60_000)
  await db
    .insertInto('schedule_tick')
    .values({ ...tick, at, outcome: 'skipped', reason: 'missed' })
    .execute()
  expect(await one('late_schedule')).toMatchObject({ title: 'Schedule Nightly is late or was skipped', occurrences: 1 })
  await db
    .insertInto('schedule_tick')
    .values({ ...tick, at: new Date(), outcome: 'started' })
    .execute()
  await over('late_schedule')
})

test('a rule is about what it is limited to; what no rule is about makes no incident', async () => {
  const { items: rules } = (await stage.gateway.call('GET', '/alert-rules')).body
  expect(new Set(rules.map(({ kind }: { kind: string }) => kind)).size).toBe(8)
  const rule = rules.find(({ kind }: { kind: string }) => kind === 'new_pii')
  const change = (scope: object) => stage.gateway.call('PATCH', `/alert-rules/${rule.id}`, { scope })
  expect(await change({ assetId: crypto.randomUUID() })).toMatchObject({ status: 422 })
  const tagged = async () => {
    const job = await jobOf('tag_generation')
    const found = { asset_id: orders, column_name: 'id', tag: 'phone', category: 'pii', kind: 'added' } as const
    await db
      .insertInto('tag_change')
      .values({ ...found, job_id: job })
      .execute()
    await hear(job)
    return job
  }
  expect(await change({ types: ['schema_discovery'] })).toMatchObject({ status: 200 })
  const passedOver = await tagged()
  await expect
    .poll(async () => (await db.selectFrom('alert_cursor').select('after').executeTakeFirstOrThrow()).after)
    .toBe(
      (
        await db
          .selectFrom('job_event')
          .select((eb) => eb.fn.max('id').as('id'))
          .executeTakeFirstOrThrow()
      ).id,
    )
  expect(await change({ assetId: database, types: ['tag_generation'] })).toMatchObject({ status: 200 })
  const found = await tagged()
  const ofJob = async (id: string) => (await stage.gateway.call('GET', `/incidents?jobId=${id}`)).body.items
  await expect.poll(() => ofJob(found)).toHaveLength(1)
  expect(await ofJob(passedOver)).toEqual([])
})
