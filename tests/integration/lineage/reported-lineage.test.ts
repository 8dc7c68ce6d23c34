import { randomBytes } from 'node:crypto'
import { request, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLineageStage, type LineageStage } from './lineage-stage.ts'

const most = 101
const numbers = Array.from({ length: most }, (_, index) => index)

/** As many tables to read from as to write to. */
let stage: LineageStage
let connectionId: string
beforeAll(async () => {
  stage = await startLineageStage()
  const tables = ['raw', 'mart'].flatMap((schema) =>
    numbers.map((index) => ({ schema, name: `t${index}`, columns: ['id', 'mail'] })),
  )
  const ids = await stage.seed(tables, [])
  connectionId = (await stage.gateway.call('GET', `/assets/${ids.get('')}`)).body.connectionId
})
afterAll(() => stage.stop())

const edgeCount = async () =>
  (await stage.db.selectFrom('lineage_edge').select('to_asset_id').where('evidence', '=', 'openlineage').execute())
    .length

describe('a dbt manifest', () => {
  const node = (more: object = {}) => ({
    unique_id: 'model.shop.top',
    resource_type: 'model',
    schema: 'mart',
    name: 'top',
    config: { materialized: 'table' },
    ...more,
  })
  const manifest = (more: object, metadata: object = {}) => ({
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      dbt_version: '1.10.0',
      project_name: 'shop',
      ...metadata,
    },
    nodes: { top: node(more) },
  })
  const path = () => `/connections/${connectionId}/dbt-manifest`
  const upload = (body: unknown) => stage.gateway.call('PUT', path(), body)

  const [nul, half] = ['a\u0000b', 'a\ud800b']
  test.each([
    ['compiled_code', manifest({ compiled_code: `select '${nul}'` })],
    ['compiled_code', manifest({ compiled_code: `select '${half}'` })],
    ['name', manifest({ name: nul })],
    ['unique_id', manifest({ unique_id: half })],
    ['depends_on.nodes.0', manifest({ depends_on: { nodes: [nul] } })],
    ['metadata.project_name', manifest({}, { project_name: half })],
    ['unique_id', manifest({ unique_id: 'x'.repeat(601) })],
  ])('with text in %s that cannot be stored is refused', async (field, body) => {
    const { status, body: problem } = await upload(body)
    expect([status, problem.code]).toEqual([422, 'invalid-input'])
    expect(problem.errors[0].path).toMatch(new RegExp(`${field}$`))
    expect(await stage.db.selectFrom('dbt_manifest').select('project').execute()).toEqual([])
  })

  test('may have what is odd where nobody stores it, and ids as long as the index takes', async () => {
    const odd = { description: nul, unique_id: Array.from({ length: 300 }, () => '\u{1F600}').join('') }
    expect(await upload(manifest(odd))).toMatchObject({ status: 200, body: { nodes: 1 } })
  })

  test('that does not arrive in time is a problem, and the one before stays', async () => {
    await upload(manifest({}))
    const impatient = await stage.startGateway({ PLUMBLINE_UPLOAD_LIMIT_SECONDS: '0.3' })
    try {
      const sent = request(`${impatient.base}/api/v1${path()}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${impatient.token}`, 'content-type': 'application/json' },
      })
      sent.write('{"metadata": {')
      const response = await new Promise<IncomingMessage>((resolve, reject) =>
        sent.on('response', resolve).on('error', reject),
      )
      expect(response.statusCode).toBe(408)
      expect(await json(response)).toMatchObject({
        code: 'request-timed-out',
        detail: expect.stringContaining('0.3 seconds'),
      })
      sent.destroy()
    } finally {
      await impatient.stop()
    }
    expect(await stage.db.selectFrom('dbt_manifest').select('nodes').execute()).toEqual([{ nodes: 1 }])
  })

  test('that is refused early is answered, however much was to come', async () => {
    const { status, body } = await upload(`{"metadata": nonsense${' '.repeat(20 * 1024 ** 2)}`)
    expect([status, body.code]).toEqual([422, 'invalid-input'])
  })
})

describe('an OpenLineage event', () => {
  const event = (more: object = {}) => ({
    eventType: 'COMPLETE',
    eventTime: '2026-05-04T03:02:01+02:00',
    producer: 'https://example.com/pipeline',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: crypto.randomUUID() },
    job: { namespace: 'pipelines', name: 'everything' },
    inputs: [],
    outputs: [],
    ...more,
  })
  const dataset = (schema: string, index: number | string) => ({
    namespace: 'postgres://DB.example',
    name: `shop.${schema}.t${index}`,
  })
  const post = (body: unknown) => stage.gateway.call('POST', '/lineage/openlineage', body)

  test.each([
    ['outputs.0.name', event({ outputs: [{ namespace: 'shop', name: 'a\u0000b' }] })],
    ['run.facets.note.text', event({ run: { runId: crypto.randomUUID(), facets: { note: { text: '\udc00' } } } })],
    ['job.name', event({ job: { namespace: 'pipelines', name: 'x'.repeat(2_000) } })],
    ['outputs', event({ outputs: [{ ...dataset('mart', 0), facets: lineageOf('raw', 2_001) }] })],
  ])('with %s that cannot be taken is refused', async (path, body) => {
    const { status, body: problem } = await post(body)
    expect([status, problem.code, problem.errors[0].path]).toEqual([422, 'invalid-input', path])
  })

  function lineageOf(schema: string, length: number) {
    const fields = Array.from({ length }, (_, index) => ({ ...dataset(schema, index), field: 'id' }))
    return { columnLineage: { fields: {}, dataset: fields } }
  }

  test('of a job whose name is as long as it may be is taken', async () => {
    const name = randomBytes(995).toString('hex')
    const reported = event({
      job: { namespace: 'pipelines', name },
      inputs: [dataset('raw', 0)],
      outputs: [dataset('mart', 0)],
    })
    expect(await post(reported)).toMatchObject({ status: 200, body: { edges: 1, unmatched: [] } })
  })

  test('tells ten thousand edges at most, and says how to tell more', async () => {
    const before = await edgeCount()
    const inputs = numbers.map((index) => dataset('raw', index))
    const outputs = numbers.map((index) => dataset('mart', index))
    const refused = await post(event({ inputs, outputs }))
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'outputs'])
    expect(refused.body.detail).toContain('several of the same run')
    expect(await edgeCount()).toBe(before)
    const run = { runId: crypto.randomUUID() }
    const taken = await post(event({ run, inputs: inputs.slice(1), outputs: outputs.slice(1) }))
    expect(taken).toMatchObject({ status: 200, body: { edges: 10_000, unmatched: [] } })
    const rest = await post(event({ run, inputs: inputs.slice(0, 1), outputs }))
    expect(rest).toMatchObject({ status: 200, body: { edges: most } })
    expect(await edgeCount()).toBe(before + 10_000 + most)
  })
})
