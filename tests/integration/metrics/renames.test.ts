import {
  createJobLedger,
  createMetric,
  expectationFor,
  findMetric,
  listMetricSeries,
  markKnownBad,
  metricHistory,
  metricPoints,
  newId,
  selectMetricTables,
  seriesKeyOf,
  setExpectation,
  storeMetrics,
  updateMetric,
  writeMeasured,
  type JudgedValue,
} from '@plumbline/store'
import { defaultExpectation, type MetricName } from '@plumbline/workflows'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { addSource, table, type Source } from '../catalog/catalog-fixture.ts'
import { arrange, completed, openStep, type Arrangement } from '../jobs/arrange.ts'

const at: Arrangement = await arrange()
afterAll(() => at.db.destroy())

let source: Source
let orders: string
const named = (path: string, ...columns: string[]) => table(1, path, columns)
/** With the numbers that the source gave its columns, which they keep whatever they are called. */
const numbered = (ids: Record<string, string>) => {
  const { document } = named('s/orders', ...Object.keys(ids))
  const columns = (document?.columns ?? []).map((column) => ({ ...column, id: ids[column.name] ?? column.id }))
  return table(1, 's/orders', [], { columns })
}
beforeEach(async () => {
  source = await addSource(at)
  await source.discover({ relations: [named('s/orders', 'id', 'amount', 'paid_at')] })
  orders = (await source.present())['shop.s.orders'] ?? ''
})

const organization = () => at.actor.organizationId

/** A capture that measures the minimum of some columns, and what is defined. */
async function capture(day: number, minima: Record<string, number>, defined: Partial<JudgedValue>[] = []) {
  const jobId = await at.addJob(source.databaseId, 'metric_capture')
  const ledger = createJobLedger(at.db)
  await ledger.begin(jobId)
  const scope = { connectionId: source.connectionId, assetId: source.databaseId, assetKind: 'database' as const }
  await selectMetricTables(at.db, await openStep(at.db, jobId, 'select'), scope, { includeViews: false })
  const value = (part: Partial<JudgedValue>): JudgedValue => {
    const nothing = {
      group: null,
      definition: null,
      noData: null,
      expected: null,
      low: null,
      high: null,
      anomaly: null,
    }
    const whole = { metric: 'min' as MetricName, column: null, value: 0, method: 'exact' as const, ...nothing, ...part }
    return { ...whole, key: seriesKeyOf(whole) }
  }
  const values = [
    ...Object.entries(minima).map(([column, min]) => value({ column, value: min })),
    ...defined.map(value),
  ]
  const when = new Date(Date.UTC(2026, 2, day)).toISOString()
  await writeMeasured(at.db, await openStep(at.db, jobId, 'measure'), [
    { assetId: orders, metrics: { at: when, values } },
  ])
  await storeMetrics(at.db, await openStep(at.db, jobId, 'store'))
  await ledger.end(jobId, completed)
}

/** Every series of the table with its values, oldest first. */
async function shown(): Promise<Record<string, (number | null)[]>> {
  const page = { anomalous: false, sort: 'name' as const, limit: 100 }
  const series = await listMetricSeries(at.db, organization(), { id: orders, kind: 'table' }, page)
  const span = { from: new Date(0), to: new Date(Date.UTC(2027, 0)), limit: 100 }
  const points = await metricPoints(
    at.db,
    series.map(({ id }) => id),
    span,
  )
  return Object.fromEntries(
    series.map(({ id, metric, column, definition }) => [
      definition?.name ?? `${metric} ${column}`,
      (points.get(id) ?? []).map(({ value }) => value),
    ]),
  )
}

test('the history of a column goes on under its new name, and with it what is known to be bad', async () => {
  await capture(1, { id: 1, amount: 10 })
  await capture(2, { id: 1, amount: 99 })
  const page = { anomalous: false, sort: 'name' as const, column: 'amount', limit: 1 }
  const [series] = await listMetricSeries(at.db, organization(), { id: orders, kind: 'table' }, page)
  const mark = { seriesId: series?.id ?? 0, at: [new Date(Date.UTC(2026, 2, 2))], knownBad: true }
  expect(await markKnownBad(at.db, at.actor, orders, mark)).toBe(1)
  await source.discover({ relations: [named('s/orders', 'id', 'total', 'paid_at')] })
  await capture(3, { id: 1, total: 11 })
  expect(await shown()).toEqual({ 'min id': [1, 1, 1], 'min total': [10, 99, 11] })
  const history = await metricHistory(at.db, [orders], new Date(Date.UTC(2026, 5)))
  expect(history.get(orders)?.get('min:total')?.values).toEqual([10, 11])
})

test('columns that swapped their names take their histories along', async () => {
  await capture(1, { id: 1, amount: 10 })
  await source.discover({ relations: [named('s/orders', 'amount', 'id', 'paid_at')] })
  await capture(2, { id: 20, amount: 2 })
  expect(await shown()).toEqual({ 'min amount': [1, 2], 'min id': [10, 20] })
})

test('a column that was removed ends its history; another of its name begins anew, also one that was renamed to it', async () => {
  await capture(1, { id: 1, amount: 10 })
  await source.discover({ relations: [numbered({ id: '1', paid_at: '3' })] })
  expect(await shown()).toEqual({ 'min id': [1] })
  await source.discover({ relations: [numbered({ amount: '1', paid_at: '3' })] })
  await capture(2, { amount: 2 })
  expect(await shown()).toEqual({ 'min amount': [1, 2] })
})

test('a series that nobody knew to be over gives way to one that was renamed to its name', async () => {
  await capture(1, { id: 1, total: 5 })
  await source.discover({ relations: [named('s/orders', 'total', 'amount', 'paid_at')] })
  expect(await shown()).toEqual({ 'min total': [1] })
})

test('the key of a metric, its values, and the column that tells updates follow as well', async () => {
  const id = newId()
  const spec = { kind: 'duplicates' as const, columns: ['amount', 'id'] }
  await createMetric(at.db, at.actor, { id, assetId: orders, name: 'twice', spec, direction: 'both', minPercent: 3 })
  await setExpectation(at.db, at.actor, orders, { ...defaultExpectation, column: 'paid_at' })
  await setExpectation(at.db, at.actor, source.databaseId, { ...defaultExpectation, column: 'paid_at' })
  await capture(1, {}, [{ metric: 'duplicates', value: 4, definition: { id, revision: 1 } }])
  await source.discover({ relations: [named('s/orders', 'id', 'total', 'settled_at')] })
  const metric = await findMetric(at.db, organization(), id)
  expect(metric).toMatchObject({ spec: { columns: ['total', 'id'] }, revision: 1 })
  expect((await expectationFor(at.db, organization(), orders))?.expectation.column).toBe('settled_at')
  expect((await expectationFor(at.db, organization(), source.databaseId))?.expectation.column).toBe('paid_at')
  await capture(2, {}, [{ metric: 'duplicates', value: 5, definition: { id, revision: 1 } }])
  expect(await shown()).toEqual({ twice: [4, 5] })
  await updateMetric(at.db, at.actor, id, { spec: { kind: 'duplicates', columns: ['total'] } })
  expect(await findMetric(at.db, organization(), id)).toMatchObject({ revision: 2 })
})

test('a table that was renamed and moved keeps its history, its metrics and what is expected of it', async () => {
  const id = newId()
  const spec = { kind: 'duplicates' as const, columns: ['id'] }
  await createMetric(at.db, at.actor, { id, assetId: orders, name: 'twice', spec, direction: 'both', minPercent: 3 })
  await setExpectation(at.db, at.actor, orders, { ...defaultExpectation, column: 'paid_at' })
  await capture(1, { id: 1 })
  await source.discover({ relations: [named('archive/sales', 'id', 'amount', 'paid_at')] })
  await capture(2, { id: 2 })
  expect((await source.present())['shop.archive.sales']).toBe(orders)
  expect(await shown()).toEqual({ 'min id': [1, 2] })
  expect(await findMetric(at.db, organization(), id)).toMatchObject({ asset: { name: 'sales' } })
  expect((await expectationFor(at.db, organization(), orders))?.expectation.column).toBe('paid_at')
})
