import { columnTags, createJobLedger, setColumnTags, storeCatalog } from '@plumbline/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrange, completed, failed, openStep, type Arrangement } from '../jobs/arrange.ts'
import { addSource, compare, scopeOf, stage, store, table } from './catalog-fixture.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

const orders = table(1, 'sales/orders', ['id', 'total'])
const customer = table(2, 'sales/customer', ['id', 'email'])

describe('what is found', () => {
  test('first is the baseline; the same again changes nothing and writes no version', async () => {
    const source = await addSource(at)
    const first = await source.discover({ relations: [orders, customer] })
    expect(first.changes).toEqual([])
    expect(first.counts).toEqual({
      schemas: 1,
      tables: 2,
      views: 0,
      columns: 4,
      changes: 0,
      breaking: 0,
      incomplete: 0,
      locked: 0,
      toTag: 2,
      toTrace: 2,
      first: true,
    })
    const before = await source.present()
    const second = await source.discover({ relations: [orders, customer] })
    expect(second.changes).toEqual([])
    expect(await source.present()).toEqual(before)
    const versions = await at.db
      .selectFrom('asset_version')
      .select('job_id')
      .where('job_id', '=', second.jobId)
      .execute()
    expect(versions).toEqual([])
  })

  test('is named from the database down, with parts in quotes where they need them', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [table(1, 'my.schema/a"b', ['id']), table(2, 'plain/c', ['id'])] })
    expect(Object.keys(await source.present()).sort()).toEqual([
      'shop',
      'shop."my.schema"',
      'shop."my.schema"."a""b"',
      'shop.plain',
      'shop.plain.c',
    ])
  })

  test('new later was added, in schemas known and new', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders] })
    const { changes } = await source.discover({ relations: [orders, customer, table(3, 'hr/staff', ['id'])] })
    expect(changes).toEqual(['schema_added shop.hr', 'table_added shop.hr.staff', 'table_added shop.sales.customer'])
  })

  test('in a schema that was never looked at before is its baseline', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders], scope: { schemas: ['sales'] } })
    const { changes } = await source.discover({ relations: [orders, table(3, 'hr/staff', ['id'])] })
    expect(changes).toEqual([])
  })
})

describe('identity', () => {
  test('follows a table that was renamed and moved, and one whose schema was renamed', async () => {
    const source = await addSource(at)
    await source.discover({ schemas: { sales: { oid: '1' } }, relations: [orders, customer] })
    const before = await source.present()
    const { changes } = await source.discover({
      schemas: { shop: { oid: '1' }, archive: { oid: '2' } },
      relations: [table(1, 'archive/old', ['id', 'total']), table(2, 'shop/customer', ['id', 'email'])],
    })
    expect(changes).toEqual([
      'schema_added shop.archive',
      'schema_renamed shop.shop !',
      'table_moved shop.archive.old !',
      'table_renamed shop.archive.old !',
    ])
    const after = await source.present()
    expect(after['shop.archive.old']).toBe(before['shop.sales.orders'])
    expect(after['shop.shop.customer']).toBe(before['shop.sales.customer'])
  })

  test('follows two tables that swapped their names', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [table(1, 's/a', ['x']), table(2, 's/b', ['x'])] })
    const before = await source.present()
    const { changes } = await source.discover({ relations: [table(1, 's/b', ['x']), table(2, 's/a', ['x'])] })
    expect(changes).toEqual(['table_renamed shop.s.b !', 'table_renamed shop.s.a !'])
    const after = await source.present()
    expect([after['shop.s.a'], after['shop.s.b']]).toEqual([before['shop.s.b'], before['shop.s.a']])
  })

  test('is kept by name when a table is dropped and created again', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders] })
    const before = await source.present()
    const { changes } = await source.discover({ relations: [table(9, 'sales/orders', ['id', 'amount'])] })
    expect(changes).toEqual([
      'table_recreated shop.sales.orders',
      'column_removed shop.sales.orders#total !',
      'column_added shop.sales.orders#amount',
    ])
    expect(await source.present()).toEqual(before)
  })

  test('is told as created again when nothing else changed: the rows are new', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders, customer] })
    const { changes } = await source.discover({ relations: [table(9, 'sales/orders', ['id', 'total']), customer] })
    expect(changes).toEqual(['table_recreated shop.sales.orders'])
  })

  test('is told once of the database when most of it was created again', async () => {
    const source = await addSource(at)
    const tables = (from: number) => Array.from({ length: 12 }, (_, n) => table(from + n, `s/t${n}`, ['id']))
    await source.discover({ relations: [...tables(10), orders] })
    const { changes } = await source.discover({ relations: [...tables(100), orders] })
    expect(changes).toEqual(['database_rebuilt shop'])
  })

  test('comes back with a table that was gone for a while', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders, customer] })
    const before = await source.present()
    const gone = await source.discover({ relations: [customer] })
    expect(gone.changes).toEqual(['table_removed shop.sales.orders !'])
    const back = await source.discover({ relations: [table(7, 'sales/orders', ['id']), customer] })
    expect(back.changes).toEqual(['table_added shop.sales.orders'])
    expect(await source.present()).toEqual(before)
  })

  test('is not believed when the database was rebuilt and handed out the numbers anew', async () => {
    const source = await addSource(at)
    const numbers = Array.from({ length: 40 }, (_, n) => n)
    await source.discover({ relations: numbers.map((n) => table(n, `s/t${n}`, [`c${n}`])) })
    const before = await source.present()
    const { changes } = await source.discover({
      relations: numbers.map((n) => table((n + 7) % 40, `s/t${n}`, [`c${n}`])),
    })
    expect(changes).toEqual(['database_rebuilt shop'])
    expect(await source.present()).toEqual(before)
  })
})

test('the definition of a view that only follows a rename is no change of it', async () => {
  const source = await addSource(at)
  const long = ` ${'-- a long text\n'.repeat(400)}`
  const view = (oid: number, name: string, definition: string) => ({
    ...table(oid, `s/${name}`, ['total']),
    kind: 'view' as const,
    document: { ...table(oid, `s/${name}`, ['total']).document, definition },
  })
  await source.discover({
    relations: [
      table(1, 's/orders', ['id', 'total']),
      view(2, 'sums', `SELECT total${long} FROM s.orders;`),
      view(3, 'big', `SELECT total FROM s.orders WHERE (total > 10);`),
    ],
  })
  const { changes } = await source.discover({
    relations: [
      table(1, 's/bookings', ['id', 'sum']),
      view(2, 'sums', `SELECT sum AS total${long} FROM s.bookings;`),
      view(3, 'big', `SELECT sum AS total FROM s.bookings WHERE (sum > 20);`),
    ],
  })
  expect(changes).toEqual([
    'table_renamed shop.s.bookings !',
    'column_renamed shop.s.bookings#sum !',
    'definition_changed shop.s.big',
  ])
  const texts = await at.db
    .selectFrom('schema_change')
    .select(['kind', 'before'])
    .where('kind', '=', 'definition_changed')
    .execute()
  expect(texts).toHaveLength(1)
})

describe('removal', () => {
  test('is told of what a complete read did not find, with all of a schema that is gone', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders, table(3, 'hr/staff', ['id'])] })
    const { changes } = await source.discover({ relations: [orders] })
    expect(changes).toEqual(['schema_removed shop.hr !', 'table_removed shop.hr.staff !'])
    expect(Object.keys(await source.present())).not.toContain('shop.hr')
  })

  test('is never told of a schema that was not read completely, nor of one that was not asked for', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders, customer, table(3, 'hr/staff', ['id'])] })
    const before = await source.present()
    const partly = await source.discover({
      schemas: { sales: { complete: false } },
      relations: [orders, table(3, 'hr/staff', ['id'])],
    })
    expect(partly.changes).toEqual([])
    const asked = await source.discover({ relations: [orders, customer], scope: { schemas: ['sales'] } })
    expect(asked.changes).toEqual([])
    expect(await source.present()).toEqual(before)
  })
})

describe('tags a person set', () => {
  test('follow columns that swapped their names, and go with one that was removed', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [table(1, 's/t', ['a', 'b', 'c'])] })
    const id = (await source.present())['shop.s.t'] ?? ''
    for (const name of ['a', 'b', 'c']) {
      await setColumnTags(at.db, at.actor, id, name, [{ tag: `was ${name}`, category: 'domain' }])
    }
    await source.discover({ relations: [table(1, 's/t', ['b', 'a'])] })
    const tags = await columnTags(at.db, at.actor.organizationId, id)
    expect(Object.fromEntries([...tags].map(([name, list]) => [name, list.map(({ tag }) => tag)]))).toEqual({
      a: ['was b'],
      b: ['was a'],
    })
  })
})

describe('repetition', () => {
  test('of comparing and storing gives the same counts and the same record', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders] })
    const jobId = await at.addJob(source.databaseId)
    await createJobLedger(at.db).begin(jobId)
    const scope = scopeOf(at, source, jobId)
    await stage(at, jobId, { relations: [table(1, 'sales/orders', ['id'])] })
    await compare(at, scope)
    expect(await compare(at, scope)).toBe(1)
    const counts = await store(at, scope)
    expect(await store(at, scope)).toEqual(counts)
    const changes = await at.db.selectFrom('schema_change').select('id').where('job_id', '=', jobId).execute()
    expect(changes).toHaveLength(1)
    await createJobLedger(at.db).end(jobId, completed)
  })

  test('after the end of the job stores nothing: its staging is gone, and that is no removal', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders] })
    const before = await source.present()
    const jobId = await at.addJob(source.databaseId)
    await createJobLedger(at.db).begin(jobId)
    const scope = scopeOf(at, source, jobId)
    await stage(at, jobId, { relations: [] })
    await compare(at, scope, 1)
    const lease = await openStep(at.db, jobId, 'store')
    await createJobLedger(at.db).end(jobId, failed)
    await expect(storeCatalog(at.db, lease, scope, new AbortController().signal)).rejects.toMatchObject({
      code: 'job-already-ended',
    })
    expect(await source.present()).toEqual(before)
  })
})

test('thousands of tables staged a moment ago are compared and stored in seconds, not by their square', async () => {
  const source = await addSource(at)
  const relations = Array.from({ length: 4000 }, (_, n) => table(n, `s${n % 7}/t${n}`, ['id', 'total']))
  await source.discover({ relations })
  const begin = performance.now()
  const { counts } = await source.discover({ relations })
  expect(counts).toMatchObject({ tables: 4000, changes: 0 })
  // In nested loops it takes 25 s on two cores, as it is half a second.
  expect(performance.now() - begin).toBeLessThan(8000)
})
