import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from '../../support/product.ts'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

let product: Product
let assetId: string
let connectionId: string
beforeAll(async () => {
  product = await startProduct()
  await product.startWorker()
  const source = await createDatabase()
  await inSource(source, 'create table orders (id int)')
  const connection = await product.connect('shop', source)
  assetId = connection.rootAssetId
  connectionId = connection.id
})
afterAll(() => product.stop())

const call = (method: string, path: string, body?: unknown) => product.gateway.call(method, path, body)
const hourly = (name: string, more: object = {}) => ({
  name,
  type: 'schema_discovery',
  assetId,
  interval: '1h',
  ...more,
})

async function made(body: object) {
  const answer = await call('POST', '/schedules', body)
  expect(answer).toMatchObject({ status: 201 })
  return answer.body
}

test('a schedule says what is next, in words and times, and reached Temporal', async () => {
  const schedule = await made(hourly('hourly'))
  expect(schedule).toMatchObject({
    description: 'Every hour',
    timezone: 'UTC',
    overlap: 'skip',
    paused: false,
    synced: true,
    lastRuns: [],
    skipped: [],
    createdBy: 'admin',
    asset: { id: assetId, kind: 'database', connectionId },
  })
  expect(schedule.nextRuns).toHaveLength(5)
  expect(schedule.nextRuns[0]).toMatch(/:00:00\.000Z$/)
  expect((await call('GET', `/schedules/${schedule.id}`)).body).toEqual(schedule)
})

test('triggered by hand, also while paused, it starts a job that names it', async () => {
  const schedule = await made(hourly('by hand', { paused: true }))
  expect(schedule).toMatchObject({ paused: true, pausedBy: 'admin', nextRuns: [] })
  const triggered = await call('POST', `/schedules/${schedule.id}/trigger`, {})
  expect(triggered.status).toBe(202)
  const [run] = triggered.body.lastRuns
  expect(run).toMatchObject({ trigger: 'manual', jobCount: 1 })
  const [{ id }] = run.jobs
  expect((await call('GET', `/jobs/${id}`)).body.trigger).toEqual({
    kind: 'schedule',
    actor: 'admin',
    scheduleId: schedule.id,
  })
  await expect.poll(async () => (await product.job(id)).status).toBe('completed')
  const { body } = await call('GET', `/schedules/${schedule.id}`)
  expect(body.lastRuns[0].jobs).toEqual([{ id, status: 'completed' }])
  const listed = await call('GET', `/jobs?assetId=${assetId}&trigger=schedule`)
  expect(listed.body.items).toMatchObject([{ id, trigger: { scheduleId: schedule.id } }])
})

test('paused and resumed, with who and why', async () => {
  const { id } = await made(hourly('to pause'))
  const paused = await call('POST', `/schedules/${id}/pause`, { reason: 'migration' })
  expect(paused.body).toMatchObject({ paused: true, pausedBy: 'admin', pauseReason: 'migration', nextRuns: [] })
  const again = await call('POST', `/schedules/${id}/pause`, { reason: 'another' })
  expect(again.body.pauseReason).toBe('migration')
  const resumed = await call('POST', `/schedules/${id}/resume`)
  expect(resumed.body).toMatchObject({ paused: false, pausedBy: null, pauseReason: null, synced: true })
  const { body } = await call('GET', `/audit?targetId=${id}`)
  expect(body.items.map((entry: { action: string }) => entry.action)).toEqual([
    'schedule.resume',
    'schedule.pause',
    'schedule.create',
  ])
})

test('a change keeps what is not given, and a cron expression takes the place of the interval', async () => {
  const { id } = await made(hourly('to change', { jitter: '5m' }))
  const { body } = await call('PATCH', `/schedules/${id}`, { cron: '30 2 * * 1-5', timezone: 'Europe/Berlin' })
  expect(body).toMatchObject({
    name: 'to change',
    cron: '30 2 * * 1-5',
    interval: null,
    timezone: 'Europe/Berlin',
    jitter: '5m',
    description: 'At 02:30, Monday through Friday (Europe/Berlin)',
    synced: true,
  })
  const without = await call('PATCH', `/schedules/${id}`, { jitter: null })
  expect(without.body.jitter).toBeNull()
})

test('a deleted schedule is gone, and its name free', async () => {
  const { id } = await made(hourly('once'))
  expect((await call('POST', '/schedules', hourly('once'))).status).toBe(409)
  expect((await call('DELETE', `/schedules/${id}`)).status).toBe(204)
  for (const [method, path] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/pause'],
    ['POST', '/resume'],
    ['POST', '/trigger'],
  ] as const) {
    expect((await call(method, `/schedules/${id}${path}`, method === 'GET' ? undefined : {})).status).toBe(404)
  }
  await made(hourly('once'))
})

test.each([
  ['cron', { cron: '61 * * * *', interval: null }],
  ['cron', { cron: '* * * *', interval: null }],
  ['cron', { cron: '0 0 31 2 *', interval: null }],
  ['cron', { interval: null }],
  ['interval', { cron: '@daily' }],
  ['interval', { interval: '30s' }],
  ['interval', { interval: '1w' }],
  ['interval', { interval: '999999d' }],
  ['timezone', { timezone: 'Mars/Olympus' }],
  ['timezone', { timezone: '+02:00' }],
  ['jitter', { jitter: '1h' }],
  ['jitter', { jitter: '2d', cron: '@monthly', interval: null }],
  ['overlap', { overlap: 'sometimes' }],
  ['type', { type: 'dusting' }],
  ['target.each', { target: { each: 'table' } }],
  ['config.followUps.0', { config: { followUps: ['nothing'] } }],
])('what is wrong with %s is said: %j', async (path, wrong) => {
  const { status, body } = await call('POST', '/schedules', hourly('wrong', wrong))
  expect(status).toBe(422)
  expect(body.errors.map((error: { path: string }) => error.path)).toContain(path)
  expect(body.detail).not.toBe('')
})

test.each([
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['Asia/Ho_Chi_Minh', 'Asia/Ho_Chi_Minh'],
  ['europe/berlin', 'Europe/Berlin'],
  ['US/Pacific', 'America/Los_Angeles'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Port-au-Prince', 'America/Port-au-Prince'],
  ['Etc/UTC', 'UTC'],
])('the time zone %s is one that Temporal knows', async (timezone, known) => {
  const schedule = await made(hourly(`in ${timezone}`, { timezone, cron: '0 3 * * *', interval: null }))
  expect(schedule).toMatchObject({ timezone: known, synced: true })
  expect((await call('DELETE', `/schedules/${schedule.id}`)).status).toBe(204)
})

test('an asset that is not there has no schedule', async () => {
  expect((await call('POST', '/schedules', hourly('nowhere', { assetId: crypto.randomUUID() }))).status).toBe(404)
  expect((await call('POST', '/schedules', hourly('nowhere', { assetId: 'no id' }))).status).toBe(404)
})

test('the preview shows what is typed, or what is wrong with it', async () => {
  const daily = await call('GET', '/schedules/preview?cron=0%203%20*%20*%20*&timezone=America/New_York&count=3')
  expect(daily.body.description).toBe('At 03:00 (America/New_York)')
  expect(daily.body.nextRuns).toHaveLength(3)
  const interval = await call('GET', '/schedules/preview?interval=90s')
  expect(interval.body).toMatchObject({ description: 'Every 90 seconds' })
  expect(interval.body.nextRuns).toHaveLength(5)
  const wrong = await call('GET', '/schedules/preview?cron=99%20*%20*%20*%20*')
  expect(wrong.status).toBe(422)
  expect(wrong.body.errors).toEqual([{ path: 'cron', message: 'Invalid value for minute: 99' }])
})

test('the list goes by name, page by page, and by asset and connection', async () => {
  const names = async (query: string) =>
    (await call('GET', `/schedules?${query}`)).body.items.map((item: { name: string }) => item.name)
  const all = await names('limit=200')
  expect(all).toEqual(all.toSorted())
  const first = await call('GET', '/schedules?limit=2')
  const foreign = await call('GET', `/schedules?assetId=${assetId}&cursor=${first.body.nextCursor}`)
  expect(foreign.status).toBe(422)
  const next = await call('GET', `/schedules?limit=2&cursor=${first.body.nextCursor}`)
  expect([...first.body.items, ...next.body.items].map(({ name }) => name)).toEqual(all.slice(0, 4))
  expect(await names(`connectionId=${connectionId}`)).toEqual(all.slice(0, 50))
  expect(await names(`assetId=${assetId}`)).toEqual(all.slice(0, 50))
  expect(await names(`assetId=${connectionId}`)).toEqual([])
  expect(await names('connectionId=none')).toEqual([])
})
