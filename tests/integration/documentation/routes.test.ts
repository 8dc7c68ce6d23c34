import { ensureAdmin, type StagedDocumentation } from '@plumbline/store'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { addSource, table, type Source } from '../catalog/catalog-fixture.ts'
import { arrange, type Arrangement } from '../jobs/arrange.ts'
import { runWriting, written } from './documentation-fixture.ts'

let at: Arrangement
let source: Source
let gateway: TestGateway
let orders: string
let removed: string

beforeAll(async () => {
  at = await arrange()
  source = await addSource(at)
  const relations = [table(1, 's/orders', ['id', 'total', 'note']), table(2, 's/lines', ['id'])]
  await source.discover({ relations: [...relations, table(3, 's/gone', ['id'])] })
  removed = (await source.present())['shop.s.gone'] ?? ''
  await source.discover({ relations })
  orders = (await source.present())['shop.s.orders'] ?? ''
  gateway = await startTestGateway({ databaseUrl: at.url, temporalAddress: inject('temporalAddress') })
})
afterAll(async () => {
  await gateway.stop()
  await at.db.destroy()
})

const run = (documentation: StagedDocumentation) =>
  runWriting(at, { connectionId: source.connectionId, assetId: orders }, documentation)
const call = (method: string, path: string, body?: object, headers?: Record<string, string>) =>
  gateway.call(method, path, body, headers)
const get = async (path = '') => (await call('GET', `/assets/${orders}/documentation${path}`)).body
const put = (body: object, id = orders) => call('PUT', `/assets/${id}/documentation`, body)
const review = (verdict: string, texts: object[], headers?: Record<string, string>) =>
  call('POST', '/documentation/review', { verdict, texts }, headers)
const audited = async (action: string) => (await call('GET', `/audit?action=${action}`)).body.items
const listed = async (query: string) => {
  const { body } = await call('GET', `/assets/${source.databaseId}/documentation/texts?${query}`)
  return body.items.map((one: { column: string | null; text: string; state: string; shownText: string | null }) => [
    one.column,
    one.text,
    one.state,
    one.shownText,
  ])
}

test('where nothing is said, each column is there with nothing', async () => {
  const nothing = { text: null, source: null, state: null, version: null, sentences: [], proposal: null }
  const body = await get()
  expect(body).toMatchObject({ asset: { id: orders, name: 'orders' }, ...nothing })
  expect(body.columns).toMatchObject([
    { column: 'id', ...nothing },
    { column: 'total', ...nothing },
    { column: 'note', ...nothing },
  ])
  expect((await call('GET', `/assets/${orders}`)).body.documentation).toBeNull()
})

test('what a run wrote is shown with its source and evidence, and is what the asset says', async () => {
  await run(written('f1', { '': 'Orders.', id: 'The key.', total: 'The sum.' }))
  expect(await get()).toMatchObject({
    text: 'Orders.',
    source: 'ai',
    model: 'a-model',
    promptVersion: '1',
    state: 'proposed',
    confidence: 0.7,
    sentences: [{ part: 'purpose', evidence: [{ kind: 'name', text: 'Its name' }], confidence: 0.7 }],
  })
  expect((await call('GET', `/assets/${orders}`)).body.documentation).toBe('Orders.')
  expect(await get('/summary')).toMatchObject({
    relations: 1,
    documentedRelations: 1,
    documentedColumns: 2,
    waiting: 3,
  })
})

test('many are accepted or rejected at once; a repeated request is answered alike, and a replaced text is passed over', async () => {
  const texts = [
    { assetId: orders, column: null, version: 1 },
    { assetId: orders, column: 'id', version: 1 },
    { assetId: orders, column: 'id', version: 7 },
  ]
  const key = { 'idempotency-key': crypto.randomUUID() }
  const notFound = [{ assetId: orders, column: 'id', version: 7 }]
  expect((await review('accept', texts, key)).body).toEqual({ reviewed: 2, notFound })
  expect((await review('accept', texts, key)).body).toEqual({ reviewed: 2, notFound })
  expect((await review('accept', texts)).body).toEqual({ reviewed: 0, notFound })
  const nowhere = { assetId: 'no-id', column: null, version: 1 }
  expect((await review('accept', [nowhere])).body).toEqual({ reviewed: 0, notFound: [nowhere] })
  await run(written('f2', { '': 'All orders.' }))
  expect(await listed('state=proposed')).toEqual([
    [null, 'All orders.', 'proposed', 'Orders.'],
    ['total', 'The sum.', 'proposed', null],
  ])
  expect((await get()).proposal).toMatchObject({ version: 2, text: 'All orders.' })
  expect((await review('accept', [{ assetId: orders, column: null, version: 2 }])).body).toEqual({
    reviewed: 1,
    notFound: [],
  })
  expect(await audited('asset.document-accept')).toMatchObject([
    {
      target: { kind: 'asset', id: orders },
      before: {
        texts: [
          { column: null, version: 2, state: 'proposed' },
          { column: null, version: 1, state: 'accepted' },
        ],
      },
      after: { texts: [{ column: null, version: 2, state: 'accepted' }] },
    },
    {
      after: {
        texts: [
          { column: null, version: 1, state: 'accepted' },
          { column: 'id', version: 1, state: 'accepted' },
        ],
      },
    },
  ])
})

test('the list is filtered by state, source, confidence and words, and paged', async () => {
  await review('reject', [{ assetId: orders, column: 'total', version: 1 }])
  expect(await listed('state=rejected')).toEqual([['total', 'The sum.', 'rejected', null]])
  expect(await listed('state=accepted&state=proposed&q=KEY')).toEqual([['id', 'The key.', 'accepted', null]])
  expect(await listed('q=100%25')).toEqual([])
  expect(await listed('minConfidence=0.9')).toEqual([])
  expect(await listed('maxConfidence=0.9&source=ai')).toHaveLength(3)
  expect(await listed('source=manual')).toEqual([])
  const path = `/assets/${source.databaseId}/documentation/texts?limit=2`
  const first = (await call('GET', path)).body
  const second = (await call('GET', `${path}&cursor=${first.nextCursor}`)).body
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null])
})

test('a person’s text holds over what runs write, can be taken back, and every version stays readable', async () => {
  const saved = await put({ text: 'Every order.', columns: [{ column: 'total', text: '  In euros.  ' }] })
  expect(saved.body).toMatchObject({ text: 'Every order.', state: 'edited', source: 'manual', writtenBy: 'admin' })
  await run(written('f3', { '': 'Something else.', total: 'In dollars.' }))
  expect((await get()).columns[1]).toMatchObject({ column: 'total', text: 'In euros.', proposal: null })
  expect((await audited('asset.document'))[0]).toMatchObject({
    before: { column: 'total', text: null },
    after: { column: 'total', text: 'In euros.' },
  })
  const taken = await put({ columns: [{ column: 'total', text: null }] })
  expect(taken.body.columns[1]).toMatchObject({ text: null })
  const history = await get('/history?limit=2')
  expect(history.items).toMatchObject([
    { version: 3, text: 'Every order.', replacedAt: null },
    { version: 2, text: 'All orders.', state: 'accepted' },
  ])
  const older = await get(`/history?limit=2&cursor=${history.nextCursor}`)
  expect(older).toMatchObject({ items: [{ version: 1, text: 'Orders.' }], nextCursor: null })
  expect((await get('/history?column=total')).items.map(({ text }: { text: string }) => text)).toEqual([
    'In euros.',
    'The sum.',
  ])
})

test('a text that somebody else wrote meanwhile is not lost to one who had not seen it', async () => {
  const version = async () => (await get()).columns[2].version
  const note = (text: string | null, ifVersion: number | null) =>
    put({ columns: [{ column: 'note', text, ifVersion }] })
  expect((await note('Mine.', null)).status).toBe(200)
  const seen = await version()
  expect((await note('Theirs.', seen)).status).toBe(200)
  const late = await note('Mine again.', seen)
  expect(late).toMatchObject({
    status: 409,
    body: { code: 'documentation-changed', detail: expect.stringContaining('the column note of shop.s.orders') },
  })
  expect((await note(null, seen)).status).toBe(409)
  expect((await note('Theirs.', seen)).status).toBe(200)
  expect((await put({ text: 'x', ifVersion: 99, columns: [{ column: 'note', text: 'x' }] })).status).toBe(409)
  expect((await get()).columns[2].text).toBe('Theirs.')
  expect((await note('Mine after all.', await version())).status).toBe(200)
  expect((await note(null, await version())).status).toBe(200)
  expect((await note('Late.', seen)).status).toBe(409)
})

test('a schema and a database are described by people, too', async () => {
  expect((await put({ text: 'The shop.' }, source.databaseId)).body).toMatchObject({ text: 'The shop.', columns: [] })
})

test('the export reads as it was written: nothing in it becomes markup, HTML, a link or a formula', async () => {
  await put({ columns: [{ column: 'note', text: '=<b>x</b> | [a](http://b.example)\nsee www.b.example' }] })
  const markdown: string = (await call('GET', `/assets/${source.databaseId}/documentation/export`)).body
  expect(markdown).toContain('# shop\n\nThe shop.\n\n_Written by admin_')
  expect(markdown).toContain('### shop.s.orders\n\nEvery order.')
  expect(markdown).toContain('| id | text | The key. | AI (a-model), accepted by admin |')
  expect(markdown).toContain(
    String.raw`\=\<b\>x\</b\> \| \[a\](http\://b.example)<br>see www\.b.example | Written by admin |`,
  )
  const csv: string = (await call('GET', `/assets/${orders}/documentation/export?format=csv`)).body
  const lines = csv.split('\r\n')
  expect(lines[0]).toBe('asset,column,type,text,source,model,state,confidence,writtenAt,decidedBy')
  expect(lines[1]).toMatch(/^shop\.s\.orders,,table,Every order\.,manual,,edited,,.*Z,admin$/)
  expect(lines[2]).toMatch(/^shop\.s\.orders,id,text,The key\.,ai,a-model,accepted,0\.7,/)
  expect(csv).toContain('"\'=<b>x</b> | [a]')
})

test.each([
  [{ columns: [{ column: 'colour', text: 'x' }] }, 'columns.0.column'],
  [{ text: 'x'.repeat(10_001) }, 'text'],
  [{ text: ' ' }, 'text'],
  [{ text: 'a\0b' }, 'text'],
  [{ columns: [{ column: 'id', text: '\ud800' }] }, 'columns.0.text'],
  [
    {
      columns: [
        { column: 'id', text: 'a' },
        { column: 'id', text: 'b' },
      ],
    },
    'columns',
  ],
  [{ texts: 'x' }, 'body'],
])('a text that cannot be kept is refused with its place: %j', async (body, path) => {
  const before = await get()
  const refused = await put(body)
  expect(refused).toMatchObject({ status: 422, body: { code: 'invalid-input', errors: [{ path }] } })
  expect(await get()).toEqual(before)
})

test('reviews and lists refuse what makes no sense, and never fail by it', async () => {
  const text = { assetId: orders, column: 'id', version: 1 }
  expect((await review('keep', [text])).status).toBe(422)
  expect((await review('accept', [])).status).toBe(422)
  expect((await review('accept', [{ ...text, version: 2 ** 40 }])).status).toBe(422)
  for (const query of ['state=known', 'minConfidence=2', 'cursor=x', 'q=', 'q=%00'])
    expect((await call('GET', `/assets/${orders}/documentation/texts?${query}`)).status).toBe(422)
  expect((await call('GET', `/assets/${orders}/documentation/export?format=pdf`)).status).toBe(422)
  expect(await put({ text: 'x' }, removed)).toMatchObject({ status: 409, body: { code: 'asset-gone' } })
})

test('viewers read and decide nothing', async () => {
  const { body } = await call('POST', '/tokens', { name: 'reader', role: 'viewer' })
  const viewer = { authorization: `Bearer ${body.token}` }
  expect((await call('GET', `/assets/${orders}/documentation`, undefined, viewer)).status).toBe(200)
  expect((await call('PUT', `/assets/${orders}/documentation`, { text: 'x' }, viewer)).status).toBe(403)
  expect((await review('accept', [{ assetId: orders, column: 'id', version: 1 }], viewer)).status).toBe(403)
})

test('another organization’s documentation is not there', async () => {
  await ensureAdmin(at.db, { organization: 'other', tokenName: 'eve', token: 'pl_eve' })
  const eve = { authorization: 'Bearer pl_eve' }
  for (const path of ['', '/summary', '/texts', '/history', '/export'])
    expect((await call('GET', `/assets/${orders}/documentation${path}`, undefined, eve)).status).toBe(404)
  expect((await call('PUT', `/assets/${orders}/documentation`, { text: 'x' }, eve)).status).toBe(404)
  const texts = [{ assetId: orders, column: 'total', version: 1 }]
  expect((await review('accept', texts, eve)).body).toEqual({ reviewed: 0, notFound: texts })
})
