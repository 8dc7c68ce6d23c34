import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { openDatabase, type Database } from '@plumbline/store'
import { configFields, jobTypes } from '@plumbline/workflows'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { createNamespace } from '../../support/test-namespace.ts'
import { createRecord } from '../../support/test-database.ts'

let gateway: TestGateway
let db: Database
beforeAll(async () => {
  const databaseUrl = await createRecord()
  db = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: 'test' })
  gateway = await startTestGateway({
    databaseUrl,
    temporalAddress: inject('temporalAddress'),
    namespace: await createNamespace(),
  })
})
afterAll(async () => {
  await gateway.stop()
  await db.destroy()
})

const settings = { host: '127.0.0.1', port: 1, database: 'shop', user: 'reader' }
const connection = (name: string, more: object = {}) => ({
  name,
  kind: 'postgres',
  settings,
  credentials: { password: 'canary-secret' },
  ...more,
})

test.each([
  ['GET', '/jobs?limit=0', undefined],
  ['GET', '/jobs?limit=201', undefined],
  ['GET', '/jobs?tab=everything', undefined],
  ['GET', '/jobs?status=running&status=sleeping', undefined],
  ['GET', '/jobs?surprise=1', undefined],
  ['GET', '/jobs?createdAfter=yesterday', undefined],
  ['GET', '/jobs?cursor=%00rubbish', undefined],
  ['GET', '/jobs?sort=cost', undefined],
  ['GET', `/jobs/${'x'.repeat(300)}`, undefined],
  ['GET', `/jobs/${'x'.repeat(3_000)}`, undefined],
  ['POST', `/jobs/${'x'.repeat(3_000)}/cancel`, undefined],
  ['GET', '/jobs/%zz', undefined],
  ['GET', '/jobs?q=%00', undefined],
  ['GET', '/jobs/%00', undefined],
  ['GET', '/assets?kind=planet', undefined],
  ['GET', '/audit?since=1', undefined],
  ['POST', '/jobs', {}],
  ['POST', '/jobs', []],
  ['POST', '/jobs', 'not json'],
  ['POST', '/jobs', '['.repeat(50_000) + ']'.repeat(50_000)],
  ['POST', '/jobs', '{"type":"schema_discovery","assetId":"x","__proto__":{"a":1}}'],
  ['POST', '/jobs', { type: 'dance', assetId: 'x' }],
  ['POST', '/jobs', { type: 'schema_discovery', assetId: 'x', surprise: 1 }],
  ['POST', '/connections', connection('abacus', { kind: 'abacus' })],
  ['POST', '/connections', connection('no port', { settings: { ...settings, port: 0 } })],
  ['POST', '/connections', connection('nul', { settings: { ...settings, user: 'a\u0000b' } })],
])('%s %s is refused with the fields that are wrong', async (method, path, body) => {
  const answer = await gateway.call(method, path, body)
  expect(answer.status).toBe(422)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(answer.body).toMatchObject({ code: 'invalid-input', status: 422, requestId: expect.any(String) })
  expect(answer.body.errors).not.toEqual([])
  expect(JSON.stringify(answer.body)).not.toContain('canary-secret')
})

test.each([
  ['GET', '/jobs/nothing-here'],
  ['GET', '/jobs/00000000-0000-7000-8000-000000000000'],
  ['POST', '/jobs/nothing-here/cancel'],
  ['POST', '/jobs/nothing-here/retry'],
  ['GET', '/assets/nothing-here'],
  ['GET', '/assets/nothing-here/lineage'],
  ['GET', '/assets/nothing-here/tags'],
  ['GET', '/assets/nothing-here/schema-changes'],
  ['GET', '/connections/nothing-here'],
  ['DELETE', '/connections/nothing-here'],
  ['POST', '/connections/nothing-here/test'],
  ['GET', '/no/such/path'],
])('%s %s is not found', async (method, path) => {
  const answer = await gateway.call(method, path)
  expect(answer.status).toBe(404)
  expect(answer.body.code).toBe('not-found')
})

test.each(['', 'Bearer nonsense', 'Basic YTpi'])(
  'the authorization %j is refused everywhere',
  async (authorization) => {
    for (const [method, path] of [
      ['GET', '/jobs'],
      ['POST', '/jobs'],
      ['GET', '/jobs/events'],
      ['GET', '/nowhere'],
    ] as const) {
      const answer = await gateway.call(method, path, method === 'POST' ? {} : undefined, { authorization })
      expect(answer.status).toBe(401)
      expect(answer.body.code).toBe('unauthorized')
    }
  },
)

test('what Node itself refuses to read is answered by a problem too', async () => {
  const large = await gateway.call('GET', `/jobs?q=${'x'.repeat(20_000)}`)
  expect(large).toMatchObject({ status: 431, body: { code: 'headers-too-large', status: 431 } })
  expect(large.headers.get('content-type')).toContain('application/problem+json')
  const socket = connect(Number(new URL(gateway.base).port), '127.0.0.1')
  socket.end('this is not HTTP\r\n\r\n')
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'malformed-request', status: 400 })
})

test('a body that is too large, or of another type, is told what to send', async () => {
  const large = await gateway.call('POST', '/jobs', `{"type": "${'x'.repeat(1_100_000)}"}`)
  expect(large).toMatchObject({ status: 413, body: { code: 'payload-too-large' } })
  expect(large.body.detail).toContain('1 MiB')
  const csv = await gateway.call('POST', '/jobs', 'a,b', { 'content-type': 'text/csv' })
  expect(csv).toMatchObject({ status: 422, body: { errors: [{ path: 'headers.content-type' }] } })
  const limit = await gateway.call('GET', '/jobs?limit=1e400')
  expect(limit.body.detail).toBe('limit: must be a whole number from 1 to 200')
})

test.each(['bearer', 'BEARER', 'Bearer '])('the scheme %j is as good as any other spelling', async (scheme) => {
  const { status } = await gateway.call('GET', '/me', undefined, { authorization: `${scheme} ${gateway.token}` })
  expect(status).toBe(200)
})

test('a role may do what it is for and no more', async () => {
  const [organization] = await db.selectFrom('organization').select('id').execute()
  for (const role of ['viewer', 'operator'] as const) {
    await db
      .insertInto('token')
      .values({
        id: crypto.randomUUID(),
        organization_id: organization?.id ?? '',
        name: role,
        role,
        hash: createHash('sha256').update(role).digest(),
      })
      .execute()
  }
  const status = async (role: string, method: string, path: string, body?: unknown) =>
    (await gateway.call(method, path, body, { authorization: `Bearer ${role}` })).status
  expect(await status('viewer', 'GET', '/jobs')).toBe(200)
  expect(await status('viewer', 'POST', '/jobs', {})).toBe(403)
  expect(await status('operator', 'POST', '/jobs', {})).toBe(422)
  expect(await status('operator', 'POST', '/connections', connection('by operator'))).toBe(403)
})

test('a connection never shows its credentials, a taken name is refused, a deleted one is gone', async () => {
  const made = await gateway.call('POST', '/connections', connection('Shop'))
  expect(made.status).toBe(201)
  expect(made.body.settings).toEqual({ ...settings, sslMode: 'prefer' })
  expect((await gateway.call('POST', '/connections', connection('Shop'))).body.code).toBe('name-taken')
  const changed = await gateway.call('PATCH', `/connections/${made.body.id}`, {
    settings: { user: 'other' },
    maxConcurrentJobs: 1,
  })
  expect(changed.body).toMatchObject({
    settings: { ...settings, user: 'other', sslMode: 'prefer' },
    maxConcurrentJobs: 1,
  })
  expect((await gateway.call('DELETE', `/connections/${made.body.id}`)).status).toBe(204)
  expect((await gateway.call('GET', `/connections/${made.body.id}`)).status).toBe(404)
  expect(
    (await gateway.call('POST', '/jobs', { type: 'schema_discovery', assetId: made.body.rootAssetId })).status,
  ).toBe(404)
  const audit = await gateway.call('GET', `/audit?targetId=${made.body.id}`)
  expect(audit.body.items.map((entry: { action: string }) => entry.action)).toEqual([
    'connection.delete',
    'connection.update',
    'connection.create',
  ])
  expect(JSON.stringify([made, changed, audit])).not.toContain('canary-secret')
})

test('a job type runs only on the kinds of asset it is for, with a configuration it knows', async () => {
  const { body } = await gateway.call('POST', '/connections', connection('Kinds'))
  const wrong = await gateway.call('POST', '/jobs', {
    type: 'schema_discovery',
    assetId: body.rootAssetId,
    config: { schemas: [], depth: 3 },
  })
  expect(wrong.status).toBe(422)
  expect(wrong.body.errors.map((error: { path: string }) => error.path).toSorted()).toEqual([
    'config',
    'config.schemas',
  ])
})

test('the OpenAPI document describes the configuration of each job type, wherever one is sent', async () => {
  const { paths, components } = (await gateway.callRoot('/openapi.json')).body
  const body = (path: string, method: string) => paths[path][method].requestBody.content['application/json'].schema
  for (const path of ['/api/v1/jobs', '/api/v1/schedules']) {
    const { oneOf, properties } = body(path, 'post')
    expect(oneOf.map(({ properties: of }: { properties: Record<string, unknown> }) => of)).toEqual(
      jobTypes.map((type) => ({
        type: { enum: [type] },
        config: { $ref: `#/components/schemas/config_of_${type}` },
      })),
    )
    expect(properties.type.enum).toEqual(jobTypes)
  }
  const any = jobTypes.map((type) => ({ $ref: `#/components/schemas/config_of_${type}` }))
  expect(body('/api/v1/schedules/{id}', 'patch').properties.config.anyOf).toEqual(any)
  expect(JSON.stringify(body('/api/v1/jobs/{id}/retry', 'post'))).toContain(JSON.stringify(any))
  for (const type of jobTypes) {
    const schema = components.schemas[`config_of_${type}`]
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
    expect(Object.keys(schema.properties)).toEqual(configFields(type).map(({ name }) => name))
  }
  expect(components.schemas.config_of_schema_discovery.properties.maxRemovedShare).toMatchObject({
    type: 'number',
    minimum: 0,
    maximum: 1,
    default: 0.5,
    description: expect.stringContaining('held back'),
  })
})

test('every path of the contract is in the OpenAPI document', async () => {
  const { openapi, paths } = (await gateway.callRoot('/openapi.json')).body
  expect(openapi).toBe('3.1.0')
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/api/v1/jobs',
      '/api/v1/jobs/{id}',
      '/api/v1/assets/{id}/lineage',
      '/api/v1/connections/{id}/test',
      '/api/v1/ask',
      '/api/v1/alert-deliveries',
      '/api/v1/alert-deliveries/{id}',
      '/api/v1/alert-deliveries/{id}/replay',
      '/mcp',
      '/health/live',
      '/health/ready',
      '/metrics',
    ]),
  )
})

test('the OpenAPI document tells the role that each call needs, and which need no token', async () => {
  const { paths } = (await gateway.callRoot('/openapi.json')).body
  expect(paths['/api/v1/alert-deliveries'].get.description).toBe('Needs the role `viewer`.')
  expect(paths['/api/v1/alert-deliveries/{id}/replay'].post.description).toBe('Needs the role `admin`.')
  expect(paths['/api/v1/jobs'].post.description).toBe('Needs the role `operator`.')
  expect(paths['/api/v1/ask'].post.description).toBe('Needs the role `viewer`.')
  expect(paths['/mcp'].post.security).toEqual([{ token: [] }])
  expect(paths['/health/ready'].get.security).toBeUndefined()
})
