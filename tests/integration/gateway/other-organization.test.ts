import { createMetric, ensureAdmin, newId } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../support/gateway.ts'
import { startLineageStage, type LineageStage } from '../lineage/lineage-stage.ts'

/** What an organization has, each by the first part of its path. */
type Ids = Record<
  | 'alert-channels'
  | 'alert-deliveries'
  | 'alert-rules'
  | 'assets'
  | 'connections'
  | 'incidents'
  | 'jobs'
  | 'metrics'
  | 'operations'
  | 'schedules'
  | 'tag-rules'
  | 'tokens'
  | 'database',
  string
>

/** How a call that names something of an organization is answered to another. */
type Case =
  /** 404, as if there were no such thing. `waits`: the organization itself would wait for a worker. */
  | { answer: 'not-found'; body?: (ids: Ids) => object; waits?: true }
  /** As if there were nothing that it asks for: `none` is in the answer, but not in that to the organization itself. */
  | { answer: 'nothing'; query?: (ids: Ids) => string; body?: (ids: Ids) => object; none: object | null }
  /** It names nothing, and what it lists has nothing of others. */
  | { answer: 'own'; body?: object }
  /** It names nothing, or a test of its own shows what it does. */
  | { answer: 'elsewhere'; why: string }

const notFound = (body?: (ids: Ids) => object): Case => ({ answer: 'not-found', ...(body && { body }) })
const waiting = (body?: (ids: Ids) => object): Case => ({ answer: 'not-found', waits: true, ...(body && { body }) })
const noItems = (query: (ids: Ids) => string): Case => ({ answer: 'nothing', query, none: { items: [] } })
const own: Case = { answer: 'own' }
const elsewhere = (why: string): Case => ({ answer: 'elsewhere', why })

const duplicates = { kind: 'duplicates', columns: ['id'] }
const manifest = {
  metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json', dbt_version: '1.10.0' },
}
const event = {
  eventTime: '2026-05-04T03:02:01Z',
  producer: 'https://example.com/pipeline',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: crypto.randomUUID() },
  job: { namespace: 'pipelines', name: 'load' },
  inputs: [{ namespace: 'shop 1', name: 'raw.customer' }],
  outputs: [{ namespace: 'shop 1', name: 'mart.report' }],
}

/** Every operation of the OpenAPI document: a new one is to be listed here. */
const cases: Record<string, Case> = {
  'GET /alert-channels': own,
  'POST /alert-channels': elsewhere('names nothing'),
  'PATCH /alert-channels/{id}': notFound(() => ({ name: 'renamed' })),
  'DELETE /alert-channels/{id}': notFound(),
  'POST /alert-channels/{id}/test': notFound(),
  'GET /alert-deliveries': noItems(({ 'alert-channels': channelId }) => `channelId=${channelId}`),
  'GET /alert-deliveries/{id}': notFound(),
  'POST /alert-deliveries/{id}/replay': notFound(),
  'GET /alert-rules': own,
  'POST /alert-rules': elsewhere('names of others are refused: tested with the rules'),
  'PATCH /alert-rules/{id}': notFound(() => ({ name: 'renamed' })),
  'DELETE /alert-rules/{id}': notFound(),
  'GET /assets': noItems(({ connections }) => `connectionId=${connections}`),
  'GET /assets/{id}': notFound(),
  'POST /assets/{id}/baseline': notFound(),
  'PUT /assets/{id}/columns/{name}/tags': notFound(() => ({ tags: [] })),
  'GET /assets/{id}/documentation': notFound(),
  'PUT /assets/{id}/documentation': notFound(() => ({ text: 'People who buy.' })),
  'GET /assets/{id}/documentation/export': notFound(),
  'GET /assets/{id}/documentation/history': notFound(),
  'GET /assets/{id}/documentation/summary': notFound(),
  'GET /assets/{id}/documentation/texts': notFound(),
  'GET /assets/{id}/freshness': notFound(),
  'GET /assets/{id}/freshness/back-test': notFound(),
  'PUT /assets/{id}/freshness/expectation': notFound(() => ({ interval: '1h' })),
  'DELETE /assets/{id}/freshness/expectation': notFound(),
  'GET /assets/{id}/freshness/history': notFound(),
  'GET /assets/{id}/freshness/tables': notFound(),
  'GET /assets/{id}/impact': notFound(),
  'GET /assets/{id}/lineage': notFound(),
  'GET /assets/{id}/lineage/export': notFound(),
  'GET /assets/{id}/metrics': notFound(),
  'PATCH /assets/{id}/metrics/points': notFound(() => ({
    seriesId: '1',
    at: ['2026-05-04T03:02:01Z'],
    knownBad: true,
  })),
  'GET /assets/{id}/schema-changes': notFound(),
  'GET /assets/{id}/schema-comparison': notFound(),
  'GET /assets/{id}/snapshots': notFound(),
  'GET /assets/{id}/tag-changes': notFound(),
  'GET /assets/{id}/tags': notFound(),
  'GET /assets/{id}/tags/export': notFound(),
  'GET /assets/{id}/tags/summary': notFound(),
  'GET /ask': own,
  'POST /ask': { answer: 'own', body: { question: 'Which jobs are pending?' } },
  'GET /audit': noItems(({ connections }) => `targetId=${connections}`),
  'GET /connections': own,
  'POST /connections': elsewhere('names nothing'),
  'GET /connections/{id}': notFound(),
  'PATCH /connections/{id}': notFound(() => ({ maxConcurrentJobs: 2 })),
  'DELETE /connections/{id}': notFound(),
  'PUT /connections/{id}/dbt-manifest': notFound(() => manifest),
  'POST /connections/{id}/test': waiting(),
  'POST /documentation/review': {
    answer: 'nothing',
    body: ({ assets }) => ({ verdict: 'accept', texts: [{ assetId: assets, column: 'mail', version: 1 }] }),
    none: { reviewed: 0, notFound: [{ column: 'mail', version: 1 }] },
  },
  'GET /incidents': noItems(({ assets }) => `assetId=${assets}`),
  'GET /incidents/{id}': notFound(),
  'POST /incidents/{id}/acknowledge': notFound(),
  'POST /incidents/{id}/mute': notFound(() => ({ until: '2999-01-01T00:00:00Z' })),
  'POST /incidents/{id}/resolve': notFound(),
  'GET /jobs': noItems(({ assets }) => `assetId=${assets}`),
  'POST /jobs': notFound(({ database }) => ({ type: 'schema_discovery', assetId: database })),
  'POST /jobs/bulk': {
    answer: 'nothing',
    body: ({ jobs }) => ({ action: 'cancel', ids: [jobs], dryRun: true }),
    none: { count: 0, sample: [] },
  },
  'GET /jobs/counts': { answer: 'nothing', query: ({ assets }) => `assetId=${assets}`, none: { all: 0 } },
  'GET /jobs/events': elsewhere('streams: see below'),
  'GET /jobs/export': { answer: 'nothing', query: ({ assets }) => `assetId=${assets}`, none: null },
  'POST /jobs/import': elsewhere('tested with the import'),
  'GET /jobs/trends': {
    answer: 'nothing',
    query: ({ assets }) => `assetId=${assets}`,
    none: { total: { counts: { pending: 0 } } },
  },
  'GET /jobs/{id}': notFound(),
  'POST /jobs/{id}/cancel': notFound(),
  'GET /jobs/{id}/logs': notFound(),
  'POST /jobs/{id}/retry': notFound(),
  'POST /jobs/{id}/terminate': notFound(() => ({ reason: 'test' })),
  'POST /lineage/openlineage': { answer: 'nothing', body: () => event, none: { edges: 0 } },
  'GET /me': own,
  'GET /metrics': noItems(({ assets }) => `assetId=${assets}`),
  'POST /metrics': waiting(({ assets }) => ({ assetId: assets, name: 'twice', spec: duplicates })),
  'POST /metrics/dry-run': waiting(({ assets }) => ({ assetId: assets, spec: duplicates })),
  'GET /metrics/{id}': notFound(),
  'PATCH /metrics/{id}': notFound(() => ({ name: 'renamed' })),
  'DELETE /metrics/{id}': notFound(),
  'GET /operations': own,
  'GET /operations/{id}': notFound(),
  'POST /operations/{id}/cancel': notFound(),
  'GET /schedules': noItems(({ assets }) => `assetId=${assets}`),
  'POST /schedules': notFound(({ assets }) => ({
    name: 'another',
    type: 'freshness_check',
    assetId: assets,
    interval: '1h',
  })),
  'GET /schedules/preview': elsewhere('names nothing'),
  'GET /schedules/{id}': notFound(),
  'PATCH /schedules/{id}': notFound(() => ({ name: 'renamed' })),
  'DELETE /schedules/{id}': notFound(),
  'POST /schedules/{id}/pause': notFound(),
  'POST /schedules/{id}/resume': notFound(),
  'POST /schedules/{id}/trigger': notFound(),
  'GET /tag-rules': own,
  'POST /tag-rules': elsewhere('names nothing'),
  'POST /tag-rules/dry-run': notFound(({ assets }) => ({ assetId: assets, matcher: { kind: 'name', pattern: 'id' } })),
  'PATCH /tag-rules/{id}': notFound(() => ({ name: 'renamed' })),
  'DELETE /tag-rules/{id}': notFound(),
  'POST /tags/review': {
    answer: 'nothing',
    body: ({ assets }) => ({ verdict: 'accept', tags: [{ assetId: assets, column: 'mail', tag: 'email' }] }),
    none: { reviewed: 0 },
  },
  'GET /tokens': own,
  'POST /tokens': elsewhere('names nothing'),
  'DELETE /tokens/{id}': notFound(),
}

const theirs = { authorization: 'Bearer pl_eve' }
let stage: LineageStage
let ids: Ids
beforeAll(async () => {
  stage = await startLineageStage()
  await ensureAdmin(stage.db, { organization: 'other', tokenName: 'eve', token: 'pl_eve' })
  ids = await oneOfEach()
}, 60_000)
afterAll(() => stage.stop())

async function oneOfEach(): Promise<Ids> {
  const columns = ['id', 'mail']
  const seeded = await stage.seed(
    [
      { schema: 'raw', name: 'customer', columns },
      { schema: 'mart', name: 'report', columns },
    ],
    [{ from: 'raw.customer', to: 'mart.report', columns: [['mail', 'mail']] }],
  )
  const [database, table] = [seeded.get('') ?? '', seeded.get('raw.customer') ?? '']
  const make = async (path: string, body: object): Promise<string> => {
    const answer = await stage.gateway.call('POST', path, body)
    expect(answer).toMatchObject({ status: expect.toBeOneOf([201, 202]) })
    return answer.body.id
  }
  const jobs = await make('/jobs', { type: 'tag_generation', assetId: table })
  return {
    assets: table,
    database,
    connections: (await stage.gateway.call('GET', `/assets/${table}`)).body.connectionId,
    jobs,
    metrics: await foundByJobs(table),
    schedules: await make('/schedules', { name: 'own', type: 'freshness_check', assetId: table, interval: '1h' }),
    'tag-rules': await make('/tag-rules', {
      name: 'own',
      tag: 'own',
      category: 'pii',
      matcher: { kind: 'name', pattern: 'own' },
    }),
    ...(await alertsOf(table, make)),
    operations: await make('/jobs/bulk', { action: 'retry', ids: [jobs] }),
    tokens: await make('/tokens', { name: 'own', role: 'viewer' }),
  }
}

async function alertsOf(assetId: string, make: (path: string, body: object) => Promise<string>) {
  const channel = await make('/alert-channels', {
    name: 'own',
    target: { kind: 'webhook', url: 'https://receiver.example/notices' },
  })
  const { organization_id } = await stage.db
    .selectFrom('asset')
    .select('organization_id')
    .where('id', '=', assetId)
    .executeTakeFirstOrThrow()
  const [incident, delivery, at] = [newId(), newId(), new Date()]
  await stage.db
    .insertInto('incident')
    .values({
      id: incident,
      organization_id,
      fingerprint: 'own',
      kind: 'stale_table',
      title: 'own',
      message: 'own',
      asset_id: assetId,
      opened_at: at,
      last_at: at,
      occurrences: 1,
    })
    .execute()
  await stage.db
    .insertInto('alert_delivery')
    .values({ id: delivery, organization_id, channel_id: channel, event: 'test', state: 'failed' })
    .execute()
  return {
    'alert-channels': channel,
    'alert-deliveries': delivery,
    'alert-rules': await make('/alert-rules', { name: 'own', kind: 'failure', channelIds: [channel] }),
    incidents: incident,
  }
}

/** A metric, a tag and a text: they are given by jobs, or need the source to be there. */
async function foundByJobs(assetId: string): Promise<string> {
  const { organization_id: organizationId } = await stage.db
    .selectFrom('asset')
    .select('organization_id')
    .where('id', '=', assetId)
    .executeTakeFirstOrThrow()
  await stage.db
    .insertInto('column_tag')
    .values({
      asset_id: assetId,
      column_name: 'mail',
      tag: 'email',
      category: 'pii',
      confidence: 0.9,
      evidence: '[]',
      source: 'auto',
      job_id: null,
    })
    .execute()
  await stage.db
    .insertInto('documentation')
    .values({
      asset_id: assetId,
      column_name: 'mail',
      version: 1,
      text: 'An address.',
      sentences: '[]',
      source: 'rules',
      state: 'proposed',
      confidence: 0.5,
    })
    .execute()
  const id = newId()
  const spec = { kind: 'duplicates' as const, columns: ['id'] }
  const settings = { name: 'own', spec, direction: 'both' as const, minPercent: 3 }
  await createMetric(stage.db, { organizationId, name: 'admin', requestId: id }, { ...settings, id, assetId })
  return id
}

function ask(operation: string, headers?: Record<string, string>): Promise<Answer> {
  const [method = '', template = ''] = operation.split(' ')
  const named = template.split('/')[1] ?? ''
  const id = Object.entries(ids).find(([name]) => name === named)?.[1] ?? ''
  const path = template.replace('{id}', id).replace('{name}', 'mail')
  const one = cases[operation]
  const query = one?.answer === 'nothing' ? one.query?.(ids) : undefined
  const body = one?.answer === 'own' ? one.body : one?.answer === 'elsewhere' ? undefined : one?.body?.(ids)
  const format = template.endsWith('lineage/export') ? '?format=csv' : ''
  return stage.gateway.call(method, `${path}${query === undefined ? format : `?${query}`}`, body, headers)
}

const withAnswer = (answer: Case['answer']) =>
  Object.entries(cases)
    .filter(([, one]) => one.answer === answer)
    .map(([operation]) => operation)

test('every operation of the OpenAPI document is listed here', async () => {
  const { paths } = (await stage.gateway.callRoot('/openapi.json')).body
  const operations = Object.entries<object>(paths).flatMap(([path, methods]) =>
    path.startsWith('/api/v1/') ? Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice(7)}`) : [],
  )
  expect(Object.keys(cases).toSorted()).toEqual(operations.toSorted())
})

test('what belongs to another organization is not there, and nothing of it is changed', async () => {
  const audit = async () => (await stage.gateway.call('GET', '/audit?limit=200')).body.items
  const before = await audit()
  for (const operation of withAnswer('not-found')) {
    const { status, body } = await ask(operation, theirs)
    expect([operation, status, body.code]).toEqual([operation, 404, 'not-found'])
  }
  for (const operation of withAnswer('nothing')) {
    const { status, body } = await ask(operation, theirs)
    expect([operation, status]).toEqual([operation, 200])
    expect({ operation, body }).toMatchObject({ operation, body: noneOf(operation) })
  }
  for (const operation of withAnswer('own')) {
    const { status, body } = await ask(operation, theirs)
    expect([operation, status]).toEqual([operation, 200])
    const text = JSON.stringify(body)
    expect(Object.values(ids).filter((id) => text.includes(id))).toEqual([])
  }
  expect(await audit()).toEqual(before)
})

test('a stream tells of the jobs of the own organization only', async () => {
  const connection = await stage.gateway.call(
    'POST',
    '/connections',
    {
      name: 'theirs',
      kind: 'postgres',
      settings: { host: 'db.example', port: 5432, database: 'shop', user: 'reader' },
      credentials: { password: 'secret' },
    },
    theirs,
  )
  const stream = await fetch(`${stage.gateway.base}/api/v1/jobs/events`, { headers: theirs })
  await stage.gateway.call('POST', '/jobs', { type: 'lineage_extraction', assetId: ids.database })
  const job = await stage.gateway.call(
    'POST',
    '/jobs',
    { type: 'schema_discovery', assetId: connection.body.rootAssetId },
    theirs,
  )
  let told = ''
  for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    told += chunk
    if (told.includes(job.body.id)) break
  }
  expect(Object.values(ids).filter((id) => told.includes(id))).toEqual([])
})

/** Without this, a wrong path or body would pass for what cannot be seen. What ends things comes last. */
test('the same calls are answered to the organization itself', async () => {
  const ends = (operation: string) =>
    ['', 'DELETE', 'DELETE /connections'].findLastIndex((start) => operation.startsWith(start))
  for (const operation of withAnswer('nothing')) {
    const { status, body } = await ask(operation)
    expect([operation, status]).toEqual([operation, 200])
    expect({ operation, body }).not.toMatchObject({ operation, body: noneOf(operation) })
  }
  for (const operation of withAnswer('not-found').toSorted((a, b) => ends(a) - ends(b))) {
    const one = cases[operation]
    if (one?.answer === 'not-found' && one.waits === true) continue
    const [stranger, { status, body }] = [await ask(operation, theirs), await ask(operation)]
    expect([operation, status]).not.toEqual([operation, 422])
    expect([operation, status, body?.detail]).not.toEqual([operation, 404, stranger.body.detail])
  }
})

function noneOf(operation: string): unknown {
  const one = cases[operation]
  return one?.answer === 'nothing' ? one.none : undefined
}
