import { createJobLedger, openDatabase, type Database } from '@plumbline/store'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createRecord } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

let gateway: TestGateway
let db: Database
beforeAll(async () => {
  const databaseUrl = await createRecord()
  db = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: 'test' })
  gateway = await startTestGateway({
    databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: await createNamespace(),
    environment: { PLUMBLINE_RATE_LIMIT: '20' },
  })
})
afterAll(async () => {
  await gateway.stop()
  await db.destroy()
})

const by = (token: string) => ({ authorization: `Bearer ${token}` })
/** Each test asks by a token of its own: the limit is counted by token. */
async function adminToken(name: string): Promise<{ id: string; token: string }> {
  const { status, body } = await gateway.call('POST', '/tokens', { name, role: 'admin' })
  expect(status).toBe(201)
  return body
}
const call = (token: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  gateway.call(method, path, body, { ...by(token), ...headers })

test('a token is shown once, kept as a hash, and acts with its role under its name', async () => {
  const made = await gateway.call('POST', '/tokens', { name: 'ci', role: 'operator' })
  expect(made).toMatchObject({
    status: 201,
    body: { name: 'ci', role: 'operator', createdBy: 'admin', expiresAt: null, lastUsedAt: null, current: false },
  })
  const { id, token } = made.body
  expect(token).toMatch(/^pl_[\w-]{32}$/)
  expect((await call(token, 'GET', '/me')).body).toMatchObject({ actor: 'ci', role: 'operator' })
  expect((await call(token, 'GET', '/tokens')).status).toBe(403)
  const { body } = await gateway.call('GET', '/tokens')
  expect(JSON.stringify(body)).not.toContain(token)
  expect(body.items.map((item: { name: string; current: boolean }) => [item.name, item.current])).toEqual([
    ['ci', false],
    ['admin', true],
  ])
  expect(body.items[0].lastUsedAt).not.toBeNull()
  const { body: audit } = await gateway.call('GET', `/audit?targetId=${id}`)
  expect(audit.items).toMatchObject([
    { action: 'token.create', actor: 'admin', after: { name: 'ci', role: 'operator' } },
  ])
  expect(JSON.stringify(audit)).not.toContain(token)
})

test('a deleted token opens nothing from then on; nobody deletes the one they use', async () => {
  const admin = await adminToken('second admin')
  const { body: other } = await call(admin.token, 'POST', '/tokens', { name: 'short lived', role: 'viewer' })
  expect((await call(admin.token, 'DELETE', `/tokens/${admin.id}`)).body).toMatchObject({
    status: 409,
    code: 'token-in-use',
  })
  expect((await call(other.token, 'DELETE', `/tokens/${admin.id}`)).status).toBe(403)
  expect((await call(admin.token, 'DELETE', `/tokens/${other.id}`)).status).toBe(204)
  expect((await call(other.token, 'GET', '/me')).status).toBe(401)
  expect((await call(admin.token, 'DELETE', `/tokens/${other.id}`)).status).toBe(404)
  const { body: audit } = await call(admin.token, 'GET', `/audit?targetId=${other.id}&action=token.delete`)
  expect(audit.items).toMatchObject([{ actor: 'second admin', before: { name: 'short lived', role: 'viewer' } }])
})

test('a token of another organization is not there', async () => {
  const admin = await adminToken('third admin')
  const [organizationId, id] = [crypto.randomUUID(), crypto.randomUUID()]
  await db.insertInto('organization').values({ id: organizationId, name: 'other' }).execute()
  await db
    .insertInto('token')
    .values({ id, organization_id: organizationId, name: 'theirs', role: 'admin', hash: Buffer.from('hash') })
    .execute()
  expect((await call(admin.token, 'DELETE', `/tokens/${id}`)).status).toBe(404)
  expect(JSON.stringify((await call(admin.token, 'GET', '/tokens')).body)).not.toContain('theirs')
})

test('an expired token opens nothing, and its name is free again', async () => {
  const admin = await adminToken('fourth admin')
  const expiresAt = new Date(Date.now() + 60_000).toISOString()
  const { body } = await call(admin.token, 'POST', '/tokens', { name: 'brief', role: 'viewer', expiresAt })
  expect(body.expiresAt).toBe(expiresAt)
  expect((await call(body.token, 'GET', '/me')).status).toBe(200)
  expect((await call(admin.token, 'POST', '/tokens', { name: 'brief', role: 'viewer' })).body).toMatchObject({
    status: 409,
    code: 'name-taken',
  })
  await db.updateTable('token').set({ expires_at: new Date() }).where('id', '=', body.id).execute()
  expect((await call(body.token, 'GET', '/me')).status).toBe(401)
  expect((await call(admin.token, 'POST', '/tokens', { name: 'brief', role: 'viewer' })).status).toBe(201)
  for (const wrong of [{ expiresAt: '2020-01-01T00:00:00Z' }, { role: 'owner' }, { name: ' ' }, { scope: 'all' }]) {
    expect((await call(admin.token, 'POST', '/tokens', { name: 'wrong', role: 'viewer', ...wrong })).status).toBe(422)
  }
})

test('streams that a token opened end once it is deleted or has expired; those of others go on', async () => {
  const admin = await adminToken('watching admin')
  const made = async (name: string): Promise<{ id: string; token: string }> =>
    (await call(admin.token, 'POST', '/tokens', { name, role: 'viewer' })).body
  const [goes, expires, stays] = [await made('goes'), await made('expires'), await made('stays')]
  const jobId = await runningJob(admin.token)
  const reads = new AbortController()
  const opened = async ({ token }: { token: string }, path: string) => {
    const answer = await fetch(`${gateway.base}/api/v1${path}`, { headers: by(token), signal: reads.signal })
    expect(answer.status).toBe(200)
    return answer.text()
  }
  let others = 0
  const staying = opened(stays, '/jobs/events').finally(() => others++)
  const log = `/jobs/${jobId}/logs?follow=true`
  const ended = [opened(goes, '/jobs/events'), opened(goes, log), opened(expires, '/jobs/events'), opened(expires, log)]
  expect((await call(admin.token, 'DELETE', `/tokens/${goes.id}`)).status).toBe(204)
  await db.updateTable('token').set({ expires_at: new Date() }).where('id', '=', expires.id).execute()
  for (const text of await Promise.all(ended)) expect(text).not.toContain('event: end')
  expect(others).toBe(0)
  reads.abort()
  await expect(staying).rejects.toThrow('aborted')
})

/** It stays so: there is no worker. */
async function runningJob(token: string): Promise<string> {
  const { body: connection } = await call(token, 'POST', '/connections', {
    name: 'Shop',
    kind: 'postgres',
    settings: { host: '127.0.0.1', database: 'shop', user: 'reader' },
    credentials: { password: 'x' },
  })
  const { body } = await call(token, 'POST', '/jobs', { type: 'tag_generation', assetId: connection.rootAssetId })
  await createJobLedger(db).begin(body.id)
  return body.id
}

test('with an Idempotency-Key a token is made once, and the secret is in no repeated answer and in no table', async () => {
  const admin = await adminToken('fifth admin')
  const key = { 'idempotency-key': 'token-1' }
  const first = await call(admin.token, 'POST', '/tokens', { name: 'keyed', role: 'viewer' }, key)
  const second = await call(admin.token, 'POST', '/tokens', { name: 'keyed', role: 'viewer' }, key)
  expect(second).toMatchObject({ status: 201, body: { ...first.body, token: null } })
  expect(JSON.stringify(await db.selectFrom('idempotency_key').selectAll().execute())).not.toContain(first.body.token)
  // Its gateway was lost before the answer: nobody knows the token that was made, so there is a new one.
  await db
    .updateTable('idempotency_key')
    .set({ status: null, body: null, released: true })
    .where('key', '=', 'token-1')
    .execute()
  const anew = await call(admin.token, 'POST', '/tokens', { name: 'keyed', role: 'viewer' }, key)
  expect(anew.body.id).toBe(first.body.id)
  expect((await call(first.body.token, 'GET', '/me')).status).toBe(401)
  expect((await call(anew.body.token, 'GET', '/me')).status).toBe(200)
})

test('a token that asks too often is told when it may again; others go on, and a stream counts once', async () => {
  const { token } = await adminToken('eager')
  const stream = new AbortController()
  const live = await fetch(`${gateway.base}/api/v1/jobs/events`, { headers: by(token), signal: stream.signal })
  expect(live.status).toBe(200)
  const answers = await Promise.all(Array.from({ length: 24 }, () => call(token, 'GET', '/me')))
  stream.abort()
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(19)
  const limited = answers.filter((answer) => answer.status === 429)
  expect(limited).toHaveLength(5)
  expect(limited[0]?.body).toMatchObject({ code: 'rate-limited', status: 429 })
  expect(limited[0]?.headers.get('content-type')).toContain('application/problem+json')
  const after = Number(limited[0]?.headers.get('retry-after'))
  expect(after).toBeGreaterThan(0)
  expect(after).toBeLessThanOrEqual(60)
  expect((await gateway.call('GET', '/me')).status).toBe(200)
  expect((await gateway.callRoot('/health/live')).status).toBe(200)
})
