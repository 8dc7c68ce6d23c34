import { claimKey, identify, openDatabase, releaseKey } from '@plumbline/store'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createRecord } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

let gateway: TestGateway
let record: Client
let databaseUrl: string
beforeAll(async () => {
  databaseUrl = await createRecord()
  record = new Client({ connectionString: databaseUrl })
  await record.connect()
  gateway = await startTestGateway({
    databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: await createNamespace(),
  })
})
afterAll(async () => {
  await gateway.stop()
  await record.end()
})

const connection = (name: string) => ({
  name,
  kind: 'postgres',
  settings: { host: '127.0.0.1', port: 1, database: 'shop', user: 'reader' },
  credentials: { password: 'canary-secret' },
})
const post = (name: string, key: string) =>
  gateway.call('POST', '/connections', connection(name), { 'idempotency-key': key })

test('the same request with the same key gets the same answer and is carried out once', async () => {
  const made = await post('Once', 'key-1')
  const again = await post('Once', 'key-1')
  expect(again).toMatchObject({ status: 201, body: made.body })
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect((await gateway.call('GET', '/connections')).body.items).toHaveLength(1)
})

test('a refusal is repeated as well', async () => {
  const refused = await post('Once', 'key-2')
  expect(refused).toMatchObject({ status: 409, body: { code: 'name-taken' } })
  expect((await post('Once', 'key-2')).body).toEqual(refused.body)
})

test('another request with the same key is refused', async () => {
  expect(await post('Other', 'key-1')).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
})

test('of ten equal requests at the same time one is carried out', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => post('Raced', 'key-3')))
  const made = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id))
  expect(made.size).toBe(1)
  expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([])
})

test('a request that was lost with its gateway is carried out after a minute, and finds what it had made', async () => {
  const made = await post('Lost', 'key-4')
  await record.query(`update idempotency_key set status = null, body = null, created_at = now() - interval '30 seconds'
    where key = 'key-4'`)
  const early = await post('Lost', 'key-4')
  expect(early).toMatchObject({ status: 409, body: { code: 'request-in-flight' } })
  expect(early.headers.get('retry-after')).toBe('1')
  await record.query(`update idempotency_key set created_at = now() - interval '2 minutes' where key = 'key-4'`)
  expect(await post('Lost', 'key-4')).toMatchObject({ status: 201, body: { id: made.body.id } })
})

test('a job that a lost request had started is answered again, not refused as its own twin, also once it has ended', async () => {
  const { body } = await post('Jobs', 'key-5')
  const start = () =>
    gateway.call(
      'POST',
      '/jobs',
      { type: 'schema_discovery', assetId: body.rootAssetId },
      { 'idempotency-key': 'key-6' },
    )
  const lose = (key: string) =>
    record.query(
      `update idempotency_key set status = null, body = null, created_at = now() - interval '2 minutes' where key = $1`,
      [key],
    )
  const started = await start()
  await lose('key-6')
  expect(await start()).toMatchObject({ status: 201, body: { id: started.body.id } })
  await gateway.call('POST', `/jobs/${started.body.id}/cancel`, {})
  await lose('key-6')
  expect(await start()).toMatchObject({ status: 201, body: { id: started.body.id, status: 'cancelled' } })

  const retry = () => gateway.call('POST', `/jobs/${started.body.id}/retry`, {}, { 'idempotency-key': 'key-7' })
  const retried = await retry()
  await lose('key-7')
  expect(await retry()).toMatchObject({ status: 201, body: { id: retried.body.id, attempt: 2 } })
  expect((await gateway.call('GET', `/jobs?connectionId=${body.id}`)).body.items).toHaveLength(2)
})

test('a request that failed on our side may be sent again at once, and finds what a commit without an answer made', async () => {
  const db = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'test' })
  const identity = await identify(db, gateway.token)
  const keyed = { organizationId: identity?.organizationId ?? '', key: 'key-8', hash: Buffer.from('request') }
  const first = await claimKey(db, keyed)
  expect(first.kind).toBe('first')
  expect(await claimKey(db, keyed)).toEqual({ kind: 'in-flight' })
  await releaseKey(db, keyed)
  expect(await claimKey(db, keyed)).toEqual(first)
  expect(await claimKey(db, keyed)).toEqual({ kind: 'in-flight' })
  await db.destroy()
})

test('after a day the key is free', async () => {
  await record.query(`update idempotency_key set created_at = now() - interval '25 hours' where key = 'key-1'`)
  expect(await post('New day', 'key-1')).toMatchObject({ status: 201 })
})

test('no secret is kept with an answer', async () => {
  const { rows } = await record.query('select idempotency_key::text as text from idempotency_key')
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain('canary-secret')
})
