import { ensureAdmin } from '@plumbline/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLineageStage, type LineageStage } from './lineage-stage.ts'

let stage: LineageStage
let ids: Map<string, string>
/** mail → cleaned → report (a filter on active); report feeds cleaned again; a key; and a query nobody could read. */
beforeAll(async () => {
  stage = await startLineageStage()
  ids = await stage.seed(
    [
      { schema: 'raw', name: 'customer', columns: ['id', 'mail', 'active'] },
      { schema: 'raw', name: 'orders', columns: ['id', 'customer_id'] },
      { schema: 'core', name: 'cleaned', kind: 'view', columns: ['id', 'email'], definition: 'select id, mail' },
      { schema: 'core', name: 'report', kind: 'materialized_view', columns: ['email', 'n'] },
      { schema: 'core', name: 'copied', columns: ['x'] },
      { schema: 'core', name: 'after', kind: 'view', columns: ['email'] },
    ],
    [
      {
        from: 'raw.customer',
        to: 'core.cleaned',
        columns: [
          ['id', 'id'],
          ['mail', 'email'],
        ],
        indirect: ['active'],
      },
      { from: 'core.cleaned', to: 'core.report', columns: [['email', 'email']], evidence: 'view' },
      {
        from: 'core.report',
        to: 'core.cleaned',
        columns: [['email', 'email']],
        certainty: 'inferred',
        confidence: 0.6,
      },
      { from: 'core.report', to: 'core.after', columns: [['email', 'email']] },
      {
        from: 'raw.customer',
        to: 'core.copied',
        evidence: 'query',
        faded: true,
        seenCount: 7,
        statement: { name: '', text: 'insert into copied select * from customer' },
      },
      { from: 'raw.customer', to: 'raw.orders', evidence: 'foreign_key', columns: [['id', 'customer_id']] },
    ],
  )
})
afterAll(() => stage.stop())

const get = (name: string, path: string) => stage.gateway.call('GET', `/assets/${ids.get(name)}${path}`)
const lineage = async (name: string, query: string) => (await get(name, `/lineage?${query}`)).body
const names = (nodes: { qualifiedName: string }[]) => nodes.map(({ qualifiedName }) => qualifiedName.slice(5)).sort()
const ways = (body: { nodes: { id: string; name: string }[]; edges: { from: string; to: string }[] }) => {
  const name = new Map(body.nodes.map((node) => [node.id, node.name]))
  return body.edges.map(({ from, to }) => `${name.get(from)} > ${name.get(to)}`).sort()
}

describe('the graph', () => {
  test('goes up and down to a depth, ends in a circle, and tells what it does not show', async () => {
    const near = await lineage('core.cleaned', 'direction=downstream&depth=1')
    expect(names(near.nodes)).toEqual(['core.cleaned', 'core.report'])
    expect(ways(near)).toEqual(['cleaned > report', 'report > cleaned'])
    const report = near.nodes.find(({ name }: { name: string }) => name === 'report')
    expect(report).toMatchObject({ distance: 1, schema: 'core', hidden: { upstream: 0, downstream: 1 }, columns: [] })
    const far = await lineage('core.cleaned', 'direction=both&depth=100')
    expect(names(far.nodes)).toEqual(['core.after', 'core.cleaned', 'core.report', 'raw.customer'])
    expect(far).toMatchObject({ truncated: false, truncatedBy: null })
    const distances = far.nodes.map((node: { name: string; distance: number }) => [node.name, node.distance])
    expect(Object.fromEntries(distances)).toEqual({ customer: -1, cleaned: 0, report: -1, after: 2 })
  })

  test('says of each edge what proves it', async () => {
    const { edges } = await lineage('raw.customer', 'direction=downstream&depth=1&columns=true&relations=true')
    expect(edges).toHaveLength(3)
    expect(edges).toContainEqual(
      expect.objectContaining({
        evidence: 'view',
        sql: 'select id, mail',
        indirect: ['active'],
        certainty: 'resolved',
      }),
    )
    expect(edges).toContainEqual(
      expect.objectContaining({
        evidence: 'query',
        sql: 'insert into copied select * from customer',
        faded: true,
        seenCount: 7,
      }),
    )
    const spare = await lineage('raw.customer', 'direction=downstream&sql=false')
    expect(
      spare.edges.every((edge: { sql: unknown; columns: unknown[] }) => edge.sql === null && edge.columns.length === 0),
    ).toBe(true)
    expect(spare.edges.map((edge: { evidence: string }) => edge.evidence)).not.toContain('foreign_key')
  })

  test('is cut at the limit, the nearest first, and says so', async () => {
    const cut = await lineage('raw.customer', 'direction=downstream&depth=9&limit=2')
    expect(cut).toMatchObject({ truncated: true, truncatedBy: 'nodes' })
    expect(cut.nodes).toHaveLength(2)
    const database = await lineage('', 'limit=4')
    expect(database.nodes).toHaveLength(4)
    expect(database.truncatedBy).toBe('nodes')
  })
})

describe('a column', () => {
  test('is followed over all hops; where it decides rows is told apart', async () => {
    const up = await lineage('core.after', 'column=email&direction=upstream')
    expect(ways(up)).toEqual(['cleaned > report', 'customer > cleaned', 'report > after', 'report > cleaned'])
    const source = up.edges.find((edge: { from: string }) => edge.from === ids.get('raw.customer'))
    expect(source).toMatchObject({ columns: [{ from: 'mail', to: 'email' }], indirect: ['active'] })
    expect(up.nodes.find(({ name }: { name: string }) => name === 'customer')).toMatchObject({
      columns: ['mail', 'active'],
      distance: -3,
    })
    const id = await lineage('raw.customer', 'column=id&direction=downstream')
    expect(ways(id)).toEqual(['customer > cleaned', 'customer > copied'])
    const active = await lineage('raw.customer', 'column=active&direction=downstream')
    expect(active.edges[0]).toMatchObject({ columns: [], indirect: ['active'] })
    const near = await lineage('core.after', 'column=email&direction=upstream&depth=1')
    expect(ways(near)).toEqual(['report > after'])
  })
})

describe('the impact', () => {
  const impact = async (name: string, query = '') => (await get(name, `/impact${query}`)).body
  const lines = (body: { items: { asset: { name: string }; distance: number; use: string; columns: string[] }[] }) =>
    body.items.map(({ asset, distance, use, columns }) => `${distance} ${asset.name} ${use} ${columns.join()}`)

  test('lists what lies downstream by distance, with the columns', async () => {
    const all = await impact('raw.customer')
    expect(lines(all)).toEqual([
      '1 cleaned direct email,id',
      '1 copied unknown ',
      '2 report direct email',
      '3 after direct email',
    ])
    expect(all).toMatchObject({ total: 4, byKind: { view: 2, table: 1, materialized_view: 1 }, truncated: false })
    expect(lines(await impact('raw.customer', '?column=active'))).toEqual([
      '1 cleaned indirect ',
      '1 copied unknown ',
      '2 report indirect ',
      '3 after indirect ',
    ])
    expect(lines(await impact('raw.customer', '?kind=view&kind=table&depth=2'))).toEqual([
      '1 cleaned direct email,id',
      '1 copied unknown ',
    ])
  })

  test('is read page by page, and of a schema is what lies outside of it', async () => {
    const first = await impact('raw.customer', '?limit=3')
    const rest = await impact('raw.customer', `?limit=3&cursor=${first.nextCursor}`)
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([3, 1, null])
    const schema = (await stage.gateway.call('GET', `/assets/${ids.get('raw.customer')}`)).body.parentId
    const { body } = await stage.gateway.call('GET', `/assets/${schema}/impact`)
    expect(lines(body)).toEqual(['1 cleaned unknown ', '1 copied unknown ', '2 report unknown ', '3 after unknown '])
  })
})

describe('the export', () => {
  const file = async (format: string) => get('raw.customer', `/lineage/export?format=${format}&depth=9&relations=true`)

  test('as OpenLineage gives dataset events with column lineage', async () => {
    const { headers, body } = await file('openlineage')
    expect(headers.get('content-disposition')).toContain('lineage.openlineage.ndjson')
    const events = String(body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const cleaned = events.find(({ dataset }) => dataset?.name === 'shop.core.cleaned')
    expect(cleaned.dataset.namespace).toBe('postgres://db.example:5432')
    const source = { namespace: 'postgres://db.example:5432', name: 'shop.raw.customer' }
    expect(cleaned.dataset.facets.columnLineage).toMatchObject({
      fields: { id: { inputFields: [{ ...source, field: 'id', transformations: [{ type: 'DIRECT' }] }] } },
      dataset: [{ ...source, field: 'active', transformations: [{ type: 'INDIRECT' }] }],
    })
    expect(events.filter(({ job }) => job).map(({ inputs, outputs }) => [inputs[0].name, outputs[0].name])).toEqual([
      ['shop.raw.customer', 'shop.core.copied'],
    ])
  })

  test('as Mermaid and as CSV', async () => {
    const mermaid = String((await file('mermaid')).body)
    expect(mermaid).toMatch(/^flowchart LR\n/)
    expect(mermaid).toMatch(/n\d+ -\.- n\d+/)
    const csv = String((await file('csv')).body).split('\r\n')
    expect(csv).toContainEqual(
      expect.stringMatching(/^shop\.raw\.customer,mail,shop\.core\.cleaned,email,direct,view,/),
    )
    expect(csv).toContainEqual(expect.stringMatching(/^shop\.raw\.customer,active,shop\.core\.cleaned,,indirect,/))
    expect(csv).toContainEqual(
      expect.stringMatching(/^shop\.raw\.customer,id,shop\.raw\.orders,customer_id,relationship,/),
    )
  })
})

test.each([
  '/lineage?depth=0',
  '/lineage?depth=101',
  '/lineage?direction=sideways',
  '/lineage?limit=5001',
  '/lineage?column=',
  '/lineage?column=nope',
  '/lineage?surprise=1',
  '/lineage/export',
  '/lineage/export?format=pdf',
  '/lineage/export?format=csv&column=nope',
  '/impact?kind=database',
  '/impact?column=nope',
  '/impact?cursor=rubbish',
])('%s is 422', async (path) => {
  const { status, body } = await get('raw.customer', path)
  expect([status, body.code]).toEqual([422, 'invalid-input'])
})

test('another organization’s asset is not there', async () => {
  await ensureAdmin(stage.db, { organization: 'other', tokenName: 'eve', token: 'pl_eve' })
  for (const path of ['/lineage', '/lineage/export?format=csv', '/impact', '/lineage?column=id']) {
    const { status } = await stage.gateway.call('GET', `/assets/${ids.get('raw.customer')}${path}`, undefined, {
      authorization: 'Bearer pl_eve',
    })
    expect(status).toBe(404)
  }
})
