import { openDatabase } from '@plumbline/store'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { addFreshness, addRowCounts, addSchedule, addTable } from '../../support/observed-past.ts'
import { createRecord } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

const hour = 3_600_000
const ago = (hours: number): Date => new Date(Date.now() - hours * hour)

let gateway: TestGateway
const jobId = crypto.randomUUID()
const assets = new Map<string, string>()
beforeAll(async () => {
  const databaseUrl = await createRecord()
  gateway = await startTestGateway({
    databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: await createNamespace(),
  })
  const db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'test' })
  const connect = async (name: string, database: string) => {
    const settings = { host: '127.0.0.1', database, user: 'reader' }
    const asked = { name, kind: 'postgres', settings, credentials: { password: 'x' } }
    const { body } = await gateway.call('POST', '/connections', asked)
    return db.selectFrom('asset').selectAll().where('id', '=', body.rootAssetId).executeTakeFirstOrThrow()
  }
  const shop = await connect('Web shop', 'shop')
  const crm = await connect('Crm', 'crm_db')
  for (const [root, name, state, hours] of [
    [shop, 'orders', 'fresh', 1],
    [shop, 'customers', 'stale', 50],
    [shop, 'line_items', 'late', 30],
    [crm, 'leads', 'stale', 80],
  ] as const) {
    const table = await addTable(db, root, name)
    assets.set(name, table.id)
    await addFreshness(db, table, { state, updatedAt: ago(hours), jobId })
    const last = name === 'line_items' ? ({ value: 300, anomaly: 'high' } as const) : { value: 100, anomaly: null }
    const before = name === 'leads' ? ({ value: 3, anomaly: 'low' } as const) : { value: 100, anomaly: null }
    await addRowCounts(db, table, [
      { at: ago(49), jobId, ...before },
      { at: ago(0.01), jobId, ...last },
    ])
  }
  const skipped = [
    { at: ago(26), reason: 'overlap' as const },
    { at: ago(2), reason: 'missed' as const },
  ]
  await addSchedule(db, shop, { name: 'Hourly freshness', type: 'freshness_check', cron: '0 * * * *', skipped })
  await addSchedule(db, crm, { name: 'Yearly discovery', type: 'schema_discovery', cron: '0 0 1 1 *' })
  await addSchedule(db, crm, { name: 'Resting', type: 'metric_capture', cron: '0 3 * * *', paused: true })
  await db.destroy()
})
afterAll(() => gateway.stop())

async function ask(question: string) {
  const { status, body } = await gateway.call('POST', '/ask', { question, timezone: 'Europe/Berlin' })
  if (status !== 200) throw new Error(`${question}: ${JSON.stringify(body)}`)
  return body
}

test.each([
  ['Is orders fresh?', 'is **fresh** since'],
  ['is customers up to date', 'is **stale** since'],
  ['When was line_items last updated?', 'is **late** since'],
  ['Which tables are stale?', '3 of 4 tables are stale or late (2 stale, 1 late)'],
  ['how many tables of the web shop are late', '2 of 3 tables of Web shop are stale or late'],
  ['which tables are fresh', '1 of 4 tables is fresh'],
  ['any unusual metrics', 'There is 1 unusual metric now. The newest: row count of shop.public.line\\_items was 300'],
  ['any unusual metrics for crm', 'There are no unusual metrics of Crm now'],
  ['were there anomalies in the last 3 days', 'There are 2 unusual metrics in the last 3 days'],
  ['Can I trust customers?', 'is broken'],
  ['What is the status of the web shop?', '1 table is stale'],
  ['What runs in the next 2 hours?', '1 schedule starts jobs in the next 2 hours. The first: Hourly freshness'],
  ['when does discovery of crm run next', 'The next: Yearly discovery (Schema discovery on crm\\_db)'],
  ['Which schedules were skipped?', '1 schedule skipped 2 ticks in the last 7 days. Most: Hourly freshness'],
  ['which schedules were skipped in the last 5 hours', '1 schedule skipped 1 tick in the last 5 hours'],
  ['are any schedules paused', 'There is 1 paused schedule.'],
  ['list all schedules', 'There are 3 schedules.'],
  ['Which connections do we have?', 'There are 2 connections: Crm, Web shop.'],
])('%s', async (question, expected) => {
  const { answer, declined } = await ask(question)
  expect({ answer, declined }).toEqual({ answer: expect.stringContaining(expected), declined: false })
})

test('an answer leads to the page of what it is about', async () => {
  const { interpretation, jobs, table } = await ask('Is customers fresh?')
  expect(interpretation.link).toBe(`/assets/${assets.get('customers')}/freshness`)
  expect((await gateway.call('GET', interpretation.query.replace('GET /api/v1', ''))).body.state).toBe('stale')
  expect(jobs).toEqual([jobId])
  expect(table.rows[0].slice(0, 2)).toEqual(['shop.public.customers', 'stale'])
})

test('what is not there is said', async () => {
  expect((await ask('Is payments fresh?')).answer).toContain('Nothing is called **payments**')
})

test('the next question refers to the one before', async () => {
  const { conversationId } = await ask('were there anomalies in the last 3 days')
  const { body } = await gateway.call('POST', '/ask', { question: 'only for the web shop', conversationId })
  expect(body.answer).toContain('There is 1 unusual metric of Web shop in the last 3 days')
})
