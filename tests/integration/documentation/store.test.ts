import {
  documentationHistory,
  documentationOf,
  documentationSummary,
  documentationText,
  forgetDocumentation,
  listAudit,
  listDocumentation,
  newId,
  reviewDocumentation,
  setDocumentation,
  type Actor,
  type StagedDocumentation,
} from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSource, table, type Source } from '../catalog/catalog-fixture.ts'
import { arrange, type Arrangement } from '../jobs/arrange.ts'
import { runWriting, written } from './documentation-fixture.ts'

let at: Arrangement
let source: Source
let orders: string
let org: string
let elsewhere: Actor

beforeAll(async () => {
  at = await arrange()
  org = at.actor.organizationId
  elsewhere = { organizationId: newId(), name: 'bob', requestId: 'request-2' }
  source = await addSource(at)
  await source.discover({ relations: [table(1, 's/orders', ['id', 'total']), table(2, 's/lines', ['id'])] })
  orders = (await source.present())['shop.s.orders'] ?? ''
})
afterAll(() => at.db.destroy())

const run = (documentation: StagedDocumentation) =>
  runWriting(at, { connectionId: source.connectionId, assetId: orders }, documentation)

const standing = async (column: string | null = null) => (await documentationOf(at.db, org, orders)).get(column)
const shown = async (column: string | null = null) => (await standing(column))?.shown?.text
const proposed = { states: ['proposed' as const] }
const waiting = async () =>
  (
    await listDocumentation(at.db, org, { id: source.databaseId, kind: 'database' }, { filter: proposed, limit: 50 })
  ).map(({ asset, column, text, shownText }) => [asset.name, column, text, shownText])
const review = async (verdict: 'accept' | 'reject', column: string | null, version: number) =>
  (await reviewDocumentation(at.db, at.actor, verdict, [{ assetId: orders, column, version }])).reviewed

test('what a run wrote is shown as a proposal; the same text again is no new version', async () => {
  expect(await run(written('f1', { '': 'Orders.', total: 'The sum.' }))).toEqual({
    documented: 1,
    texts: 2,
    unchanged: 0,
  })
  expect(await standing()).toMatchObject({
    shown: { version: 1, state: 'proposed', source: 'ai', model: 'a-model', promptVersion: '1', confidence: 0.7 },
    proposal: null,
  })
  expect(await documentationText(at.db, org, orders)).toBe('Orders.')
  expect(await run(written('f2', { '': 'Orders.', total: 'The sum of the lines.' }))).toMatchObject({ texts: 1 })
  expect(await waiting()).toEqual([
    ['orders', null, 'Orders.', null],
    ['orders', 'total', 'The sum of the lines.', null],
  ])
  const asset = await at.db
    .selectFrom('asset')
    .select(['documented_fingerprint', 'documented_by'])
    .where('id', '=', orders)
    .executeTakeFirst()
  expect(asset).toEqual({ documented_fingerprint: 'f2', documented_by: 'ai' })
})

test('what goes by rules takes the place of nothing that a model wrote', async () => {
  const rules = { source: 'rules' as const, model: null, promptVersion: 'rules-1' }
  expect(await run(written('f3', { total: 'A number.', id: 'The key.' }, rules))).toMatchObject({ texts: 1 })
  expect(await shown('total')).toBe('The sum of the lines.')
  expect(await standing('id')).toMatchObject({ shown: { source: 'rules', model: null } })
})

test('an accepted text stays shown while a newer one waits beside it', async () => {
  expect(await review('accept', null, 99)).toBe(0)
  expect(await review('accept', null, 1)).toBe(1)
  await run(written('f4', { '': 'All orders.' }))
  expect(await standing()).toMatchObject({
    shown: { text: 'Orders.', state: 'accepted', decidedBy: 'ann' },
    proposal: { text: 'All orders.', version: 2 },
  })
  expect(await waiting()).toContainEqual(['orders', null, 'All orders.', 'Orders.'])
  expect(await review('accept', null, 2)).toBe(1)
  expect(await standing()).toMatchObject({ shown: { text: 'All orders.', state: 'accepted' }, proposal: null })
})

test('a rejected text is not shown, stays rejected for the same words, and can still be accepted', async () => {
  expect(await review('reject', 'id', 1)).toBe(1)
  expect(await standing('id')).toEqual({ shown: null, proposal: null })
  await run(written('f5', { id: 'The key.' }, { source: 'rules', model: null }))
  expect(await standing('id')).toEqual({ shown: null, proposal: null })
  expect(await review('accept', 'id', 1)).toBe(1)
  expect(await shown('id')).toBe('The key.')
})

test('a person’s text is never overwritten, until the person takes it back', async () => {
  const set = (column: string | null, text: string | null) =>
    setDocumentation(at.db, at.actor, orders, [{ column, text }])
  expect(await set('total', 'In euros.')).toEqual({ kind: 'saved' })
  expect(await set('total', 'In euros.')).toEqual({ kind: 'saved' })
  expect(await run(written('f6', { total: 'In dollars.' }))).toMatchObject({ texts: 0 })
  expect(await standing('total')).toMatchObject({
    shown: { text: 'In euros.', state: 'edited', source: 'manual', writtenBy: 'ann' },
    proposal: null,
  })
  expect(await set('total', null)).toEqual({ kind: 'saved' })
  expect(await shown('total')).toBeUndefined()
  expect(await run(written('f6', { total: 'In dollars.' }))).toMatchObject({ texts: 1 })
  expect(await shown('total')).toBe('In dollars.')
  expect(await set('colour', 'x')).toEqual({ kind: 'no-column', column: 'colour' })
  const history = await documentationHistory(at.db, org, orders, { column: 'total', before: undefined, limit: 10 })
  expect(history.map(({ version, text }) => `${version} ${text}`)).toEqual([
    '4 In dollars.',
    '3 In euros.',
    '2 The sum of the lines.',
    '1 The sum.',
  ])
  const audit = await listAudit(at.db, org, { targetId: orders, limit: 20 })
  expect(audit.filter(({ action }) => action === 'asset.document')).toHaveLength(2)
})

test('other organizations see and change nothing', async () => {
  const { organizationId } = elsewhere
  expect(await documentationOf(at.db, organizationId, orders)).toEqual(new Map())
  expect(await documentationText(at.db, organizationId, orders)).toBeNull()
  expect(
    await documentationHistory(at.db, organizationId, orders, { column: null, before: undefined, limit: 9 }),
  ).toEqual([])
  const database = { id: source.databaseId, kind: 'database' as const }
  expect(await listDocumentation(at.db, organizationId, database, { limit: 9 })).toEqual([])
  expect(await documentationSummary(at.db, organizationId, database)).toMatchObject({ relations: 0, waiting: 0 })
  expect(await setDocumentation(at.db, elsewhere, orders, [{ column: null, text: 'x' }])).toEqual({ kind: 'not-found' })
  expect(
    await reviewDocumentation(at.db, elsewhere, 'accept', [{ assetId: orders, column: 'total', version: 4 }]),
  ).toEqual({ reviewed: 0, notFound: [{ assetId: orders, column: 'total', version: 4 }] })
})

test('it is summed up, paged, and what was replaced is forgotten in time', async () => {
  const database = { id: source.databaseId, kind: 'database' as const }
  expect(await documentationSummary(at.db, org, database)).toMatchObject({
    relations: 2,
    documentedRelations: 1,
    columns: 3,
    documentedColumns: 2,
    waiting: 1,
  })
  await run(written('f7', { '': 'Every order.' }))
  const [first] = await listDocumentation(at.db, org, database, { filter: proposed, limit: 1 })
  const after = { qualifiedName: 'shop.s.orders', assetId: orders, column: '', version: first?.version ?? 0 }
  expect(first?.column).toBeNull()
  expect(await listDocumentation(at.db, org, database, { filter: proposed, limit: 9, after })).toMatchObject([
    { column: 'total' },
  ])
  expect(
    await listDocumentation(at.db, org, database, { limit: 9, filter: { source: 'ai', maxConfidence: 0.5 } }),
  ).toEqual([])
  const soon = new Date(Date.now() + 60_000)
  expect(await forgetDocumentation(at.db, soon, 100)).toBeGreaterThan(3)
  expect(await shown()).toBe('All orders.')
})

test('texts follow a renamed column and go with a removed one', async () => {
  const renamed = table(1, 's/orders', ['id'])
  renamed.document.columns = renamed.document.columns.map((column) => ({ ...column, name: 'order_id' }))
  await source.discover({ relations: [renamed, table(2, 's/lines', ['id'])] })
  expect(await shown('order_id')).toBe('The key.')
  expect(await standing('total')).toBeUndefined()
})
