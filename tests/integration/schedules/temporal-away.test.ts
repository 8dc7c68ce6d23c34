import { newId, openDatabase, type Database } from '@plumbline/store'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { ownTemporal, type OwnTemporal } from '../../support/temporal-server.ts'
import { createDatabase } from '../../support/test-database.ts'

const started = new AsyncDisposableStack()
let temporal: OwnTemporal
let product: Product
let db: Database
beforeAll(async () => {
  temporal = started.adopt(await ownTemporal(), (server) => server.remove())
  const place = { temporalAddress: temporal.address, namespace: 'default' }
  product = started.adopt(await startProduct(place), (all) => all.stop())
  const options = { url: product.databaseUrl, poolSize: 2, applicationName: 'test' }
  db = started.adopt(openDatabase(options), (open) => open.destroy())
})
afterAll(() => started.disposeAsync())

const call = (method: string, path: string, body?: unknown) => product.gateway.call(method, path, body)
const shown = async (id: string) => (await call('GET', `/schedules/${id}`)).body

/** What Temporal has, asked by a client of its own: the server may be another one by now. */
async function inTemporal(id: string) {
  const connection = await Connection.connect({ address: temporal.address })
  try {
    return await new Client({ connection }).schedule.getHandle(`schedule-${id}`).describe()
  } finally {
    await connection.close()
  }
}

/** Longest waiting of all, and never to be taken: no server knows its time zone. */
async function scheduleThatTemporalRefuses(assetId: string): Promise<string> {
  const id = newId()
  const { organization_id: organizationId } = await db
    .selectFrom('asset')
    .select('organization_id')
    .where('id', '=', assetId)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('schedule')
    .values({
      id,
      organization_id: organizationId,
      name: 'refused',
      type: 'schema_discovery',
      asset_id: assetId,
      config: '{}',
      cron: '0 4 * * *',
      timezone: 'Nowhere/Land',
      overlap: 'skip',
      created_by: 'admin',
      checked_at: new Date(0),
    })
    .execute()
  return id
}

test('what is changed while Temporal is away reaches it later, and its lost schedules are made again', async () => {
  const { rootAssetId: assetId } = await product.connect('shop', await createDatabase())
  const hourly = { type: 'schema_discovery', assetId, interval: '1h' }
  const before = (await call('POST', '/schedules', { ...hourly, name: 'before' })).body
  expect(before.synced).toBe(true)

  await temporal.kill()
  const meanwhile = await call('POST', '/schedules', {
    ...hourly,
    name: 'meanwhile',
    cron: '0 4 * * *',
    interval: null,
  })
  expect(meanwhile).toMatchObject({ status: 201, body: { synced: false } })
  expect(meanwhile.body.nextRuns).toHaveLength(5)
  const paused = await call('POST', `/schedules/${before.id}/pause`, { reason: 'night' })
  expect(paused.body).toMatchObject({ paused: true, synced: false })
  const triggered = await call('POST', `/schedules/${before.id}/trigger`, {})
  expect(triggered.status).toBe(202)
  const [job] = triggered.body.lastRuns[0].jobs
  expect(await product.job(job.id)).toMatchObject({ status: 'pending', pendingReason: { code: 'engine-unreachable' } })

  const refused = await scheduleThatTemporalRefuses(assetId)
  await temporal.start()
  for (const id of [before.id, meanwhile.body.id]) {
    await expect.poll(async () => (await shown(id)).synced, { interval: 500 }).toBe(true)
  }
  expect((await inTemporal(before.id)).state).toMatchObject({ paused: true, note: 'Paused by admin: night' })
  expect((await inTemporal(meanwhile.body.id)).info.nextActionTimes[0]?.toISOString()).toBe(meanwhile.body.nextRuns[0])

  await db.deleteFrom('schedule').where('id', '=', refused).execute()

  await temporal.loseHistory()
  await db
    .updateTable('schedule')
    .set({ checked_at: new Date(0) })
    .execute()
  await expect
    .poll(async () =>
      inTemporal(before.id).then(
        ({ state }) => state.paused,
        () => undefined,
      ),
    )
    .toBe(true)
  expect(await shown(meanwhile.body.id)).toMatchObject({ synced: true, paused: false })
})

test('ticks that nobody took are noted as missed', async () => {
  const { rootAssetId: assetId } = await product.connect('missing', await createDatabase())
  const { id } = (
    await call('POST', '/schedules', { type: 'schema_discovery', assetId, interval: '1h', name: 'missing' })
  ).body
  const since = new Date(Date.now() - 6 * 3_600_000)
  await db
    .updateTable('schedule')
    .set({ ticks_checked_to: since, checked_at: new Date(0) })
    .where('id', '=', id)
    .execute()
  await expect.poll(async () => (await shown(id)).skipped.length).toBe(6)
  const { skipped } = await shown(id)
  expect(skipped[0]).toMatchObject({ reason: 'missed', jobId: null })
  expect(skipped.map((tick: { at: string }) => tick.at)).toEqual(
    skipped
      .map((tick: { at: string }) => tick.at)
      .toSorted()
      .toReversed(),
  )
})

test('a tick that waits for a worker is not taken for missed; those that it held up are', async () => {
  const { rootAssetId: assetId } = await product.connect('no worker', await createDatabase())
  const { id } = (
    await call('POST', '/schedules', { type: 'schema_discovery', assetId, interval: '1h', name: 'no worker' })
  ).body
  await db
    .updateTable('schedule')
    .set((eb) => ({ every: '3s', revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute()
  const dropped = async () => (await inTemporal(id)).info.numActionsSkippedOverlap
  await expect.poll(dropped, { interval: 500 }).toBeGreaterThan(0)
  // Longer than the grace that ticks are given: after the next look, what was dropped would be noted.
  const looked = Date.now() + 20_000
  const lastLook = async () => {
    const row = await db.selectFrom('schedule').select('checked_at').where('id', '=', id).executeTakeFirstOrThrow()
    // Once more in the next round, not when it is its turn.
    await db
      .updateTable('schedule')
      .set({ checked_at: new Date(0) })
      .where('id', '=', id)
      .execute()
    return row.checked_at.getTime()
  }
  await expect.poll(lastLook, { interval: 500 }).toBeGreaterThan(looked)
  expect(await shown(id)).toMatchObject({ lastRuns: [], skipped: [] })

  await product.startWorker()
  await expect.poll(async () => (await shown(id)).lastRuns.length, { interval: 500 }).toBeGreaterThan(0)
  await call('POST', `/schedules/${id}/pause`, {})
  const { lastRuns, skipped } = await shown(id)
  expect(skipped.length).toBeGreaterThan(0)
  const first = lastRuns.at(-1)
  const [held] = skipped.filter((tick: { at: string }) => tick.at > first.at).toReversed()
  expect(held).toMatchObject({ reason: 'missed', jobId: null })
})
