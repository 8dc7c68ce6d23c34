import { acceptBaseline, createJobLedger, trustSignals } from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, completed, openStep, type Arrangement } from '../jobs/arrange.ts'
import { addSource, table, type Source } from './catalog-fixture.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

const orders = table(1, 'sales/orders', ['id', 'total'])
const staff = table(3, 'hr/staff', ['id', 'name'])

/** The signals of an asset by its qualified name. */
async function signalsOf(source: Source, qualifiedName: string) {
  const asset = await at.db
    .selectFrom('asset')
    .select(['id', 'kind', 'connection_id as connectionId', 'schema_id as schemaId', 'database_id as databaseId'])
    .where('connection_id', '=', source.connectionId)
    .where('qualified_name', '=', qualifiedName)
    .executeTakeFirstOrThrow()
  return trustSignals(at.db, at.actor.organizationId, asset, new Date(0))
}

test('an accepted snapshot settles the breaking changes that it looked at and that were there by then', async () => {
  const source = await addSource(at)
  const breaking = async (name = 'shop') => (await signalsOf(source, name)).breakingChanges
  const accept = async ({ jobId }: { jobId: string }) => {
    const asset = { id: source.databaseId, connectionId: source.connectionId }
    expect(await acceptBaseline(at.db, at.actor, asset, jobId)).toBe('accepted')
  }
  await source.discover({ relations: [orders, staff] })
  const broken = [table(1, 'sales/orders', ['id']), table(3, 'hr/staff', ['id'])]
  const wide = await source.discover({ relations: broken })
  expect(wide.changes).toHaveLength(2)
  expect(await breaking()).toBe(2)

  const narrow = await source.discover({ scope: { schemas: ['sales'] }, relations: broken.slice(0, 1) })
  await accept(narrow)
  expect(await breaking()).toBe(1)
  expect([await breaking('shop.hr'), await breaking('shop.hr.staff'), await breaking('shop.sales')]).toEqual([1, 1, 0])

  const locked = { externalId: 'r:3', schema: 'hr', name: 'staff', kind: 'table', why: 'locked' } as const
  await accept(await source.discover({ relations: broken.slice(0, 1), schemas: { hr: {} }, unread: [locked] }))
  expect(await breaking()).toBe(1)

  const later = await source.discover({ relations: [table(1, 'sales/orders', ['other']), ...broken.slice(1)] })
  const found = later.changes.filter((change) => change.endsWith('!')).length
  expect(found).toBeGreaterThan(0)
  await accept(later)
  expect(await breaking()).toBe(0)
  await accept(wide)
  expect(await breaking()).toBe(found)
})

test('a relation that was locked when its schema was read last is counted, until it is read', async () => {
  const source = await addSource(at)
  const unread = { externalId: 'r:1', schema: 'sales', name: 'orders', kind: 'table', why: 'locked' } as const
  const counted = async () =>
    Promise.all(['shop', 'shop.sales.orders', 'shop.hr'].map(async (name) => (await signalsOf(source, name)).unread))
  await source.discover({ relations: [orders, staff] })
  expect(await counted()).toEqual([0, 0, 0])
  await source.discover({ relations: [staff], schemas: { sales: {} }, unread: [unread] })
  expect(await counted()).toEqual([1, 1, 0])
  await source.discover({ scope: { schemas: ['hr'] }, relations: [staff] })
  expect(await counted()).toEqual([1, 1, 0])
  await source.discover({ relations: [orders, staff] })
  expect(await counted()).toEqual([0, 0, 0])
})

test('a table that the last capture could not measure is counted, until it was measured since', async () => {
  const source = await addSource(at)
  await source.discover({ relations: [orders, staff] })
  const { 'shop.hr.staff': staffId = '' } = await source.present()
  const capture = async (assetId: string, ...warned: string[]) => {
    const jobId = await at.addJob(assetId, 'metric_capture')
    const ledger = createJobLedger(at.db)
    await ledger.begin(jobId)
    const lease = await openStep(at.db, jobId, 'measure')
    const warnings = warned.map((object) => ({ code: 'table-locked', object, message: `${object} was not measured` }))
    const partly = { code: 'columns-left-out', object: 'shop.sales.orders', message: 'Columns were left out' }
    await ledger.addWarnings(lease, [...warnings, partly])
    await ledger.end(jobId, completed)
  }
  const counted = async () =>
    Promise.all(
      ['shop', 'shop.hr', 'shop.hr.staff', 'shop.sales'].map(
        async (name) => (await signalsOf(source, name)).unmeasured,
      ),
    )
  await capture(source.databaseId, 'shop.hr.staff')
  expect(await counted()).toEqual([1, 1, 1, 0])
  await capture(staffId, 'shop.hr.staff')
  await capture(source.databaseId)
  expect(await counted()).toEqual([1, 1, 1, 0])
  await at.db
    .insertInto('metric_series')
    .values({
      organization_id: at.actor.organizationId,
      asset_id: staffId,
      key: 'row_count:',
      metric: 'row_count',
      last_at: new Date(Date.now() + 1_000),
    })
    .execute()
  expect(await counted()).toEqual([0, 0, 0, 0])
})
