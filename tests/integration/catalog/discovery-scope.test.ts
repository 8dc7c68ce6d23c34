import {
  acceptBaseline,
  createJobLedger,
  findBaseline,
  listSchemaChanges,
  listSnapshots,
  resetEdges,
  selectRelations,
  snapshotDifferences,
  stageEdges,
  stageQueries,
  storeLineage,
} from '@plumbline/store'
import type { UnreadRelation } from '@plumbline/workflows'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrange, completed, openStep, type Arrangement } from '../jobs/arrange.ts'
import { addSource, table, type Source } from './catalog-fixture.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

const orders = table(1, 'sales/orders', ['id', 'total'])
const customer = table(2, 'sales/customer', ['id', 'email'])
const staff = table(3, 'hr/staff', ['id'])
const names = async (source: Source) => Object.keys(await source.present()).toSorted()

describe('what a discovery was told to look at', () => {
  test('decides what can be gone: the rest stays as it was found last', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders, customer, staff] })
    const before = await source.present()
    const narrow = await source.discover({
      scope: { include: ['sales.o*'] },
      schemas: { sales: {} },
      relations: [orders],
    })
    expect(narrow.changes).toEqual([])
    const without = await source.discover({ scope: { exclude: ['hr', '*.cust*'] }, relations: [orders] })
    expect(without.changes).toEqual([])
    expect(await source.present()).toEqual(before)
    const { changes } = await source.discover({ scope: { exclude: ['hr'] }, relations: [orders] })
    expect(changes).toEqual(['table_removed shop.sales.customer !'])
  })

  test('and what can be new: a table that nobody looked for before is a baseline', async () => {
    const source = await addSource(at)
    await source.discover({ scope: { include: ['sales.o*'] }, relations: [orders] })
    const wider = await source.discover({ relations: [orders, customer, staff] })
    expect(wider.changes).toEqual([])
    const later = await source.discover({ relations: [orders, customer, staff, table(4, 'sales/item', ['id'])] })
    expect(later.changes).toEqual(['table_added shop.sales.item'])
  })

  test('counts a schema that could not be read whole as not looked at', async () => {
    const source = await addSource(at)
    await source.discover({ schemas: { sales: { complete: false } }, relations: [orders] })
    const { changes } = await source.discover({ relations: [orders, customer] })
    expect(changes).toEqual([])
  })

  test('folds partitions into their table and unfolds them, without a change', async () => {
    const source = await addSource(at)
    const part = table(5, 'sales/orders_2026', ['id'], { partitionOf: 'r:1' })
    await source.discover({ relations: [orders, part] })
    const folded = await source.discover({ scope: { partitions: 'folded' }, relations: [orders] })
    expect(folded.changes).toEqual([])
    expect(await names(source)).toEqual(['shop', 'shop.sales', 'shop.sales.orders'])
    const shown = await source.discover({ relations: [orders, part] })
    expect(shown.changes).toEqual([])
    expect(await names(source)).toContain('shop.sales.orders_2026')
    const gone = await source.discover({ relations: [orders] })
    expect(gone.changes).toEqual(['table_removed shop.sales.orders_2026 !'])
  })
})

describe('a relation that is there and was not read', () => {
  const unread = (oid: number, path: string, why: UnreadRelation['why']): UnreadRelation => {
    const [schema = '', name = ''] = path.split('/')
    return { externalId: `r:${oid}`, schema, name, kind: 'table', why }
  }

  test('stays while it is locked, while the rest of its schema can go', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders, customer, staff] })
    const before = await source.present()
    const { changes, counts } = await source.discover({
      relations: [staff],
      unread: [unread(1, 'sales/orders', 'locked')],
      schemas: { sales: {} },
    })
    expect(changes).toEqual(['table_removed shop.sales.customer !'])
    expect(counts).toMatchObject({ tables: 1, locked: 1, incomplete: 0 })
    expect((await source.present())['shop.sales.orders']).toBe(before['shop.sales.orders'])
    const [snapshot] = await listSnapshots(at.db, at.actor.organizationId, source.connectionId, {
      after: undefined,
      limit: 1,
    })
    expect(snapshot?.schemas).toEqual([
      { name: 'hr', complete: true },
      { name: 'sales', complete: true, unread: ['orders'] },
    ])
  })

  test('also when it was created again under the lock', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders, customer] })
    const { changes } = await source.discover({ relations: [customer], unread: [unread(9, 'sales/orders', 'locked')] })
    expect(changes).toEqual([])
  })

  test('keeps its asset when another relation has its name by now', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders, customer] })
    const before = await source.present()
    const heir = table(9, 'sales/orders', ['other'])
    await source.discover({ relations: [heir, customer], unread: [unread(1, 'sales/old', 'locked')] })
    const { changes } = await source.discover({
      relations: [heir, customer, table(1, 'sales/old', ['id', 'total'])],
    })
    expect(changes).toEqual(['table_renamed shop.sales.old !'])
    expect((await source.present())['shop.sales.old']).toBe(before['shop.sales.orders'])
  })

  test('was not looked for: found first without the lock, it is a baseline', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders], unread: [unread(2, 'sales/customer', 'locked')] })
    const { changes } = await source.discover({ relations: [orders, customer, table(3, 'sales/item', ['id'])] })
    expect(changes).toEqual(['table_added shop.sales.item'])
  })

  test('stays with its schema when it only left what was looked at', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders, customer, staff] })
    const before = await source.present()
    const { changes } = await source.discover({
      scope: { include: ['sales.*'] },
      relations: [],
      unread: [unread(1, 'shop/orders', 'outside'), unread(2, 'shop/customer', 'outside')],
    })
    expect(changes).toEqual([])
    expect(await source.present()).toEqual(before)
  })
})

test('a detached partition is a breaking change of its own and of the table it was a part of', async () => {
  const source = await addSource(at)
  const bound = { partition: "FOR VALUES IN ('a')", partitionOf: 'r:1' }
  await source.discover({ relations: [orders, table(5, 'sales/part', ['id'], bound)] })
  const { jobId, changes } = await source.discover({ relations: [orders, table(5, 'sales/part', ['id'])] })
  expect(changes).toEqual(['partition_changed shop.sales.part !', 'partition_changed shop.sales.orders !'])
  const texts = await at.db
    .selectFrom('schema_change')
    .select('before')
    .where('job_id', '=', jobId)
    .orderBy('id')
    .execute()
  expect(texts.map(({ before }) => before)).toEqual([
    "FOR VALUES IN ('a') of shop.sales.orders",
    'partition shop.sales.part',
  ])
  const attached = await source.discover({ relations: [orders, table(5, 'sales/part', ['id'], bound)] })
  expect(attached.changes).toEqual(['partition_changed shop.sales.part'])
})

describe('a run that would remove too much', () => {
  test('is held back whole, and goes through when it is told to', async () => {
    const source = await addSource(at)
    await source.discover({ relations: [orders, customer, staff] })
    const before = await source.present()
    await expect(source.discover({ relations: [table(9, 'sales/other', ['id'])] })).rejects.toMatchObject({
      code: 'removal-held-back',
      message: expect.stringMatching(/3 of 3 known tables and views \(100 %, allowed are 50 %\).*shop\.hr\.staff/),
    })
    expect(await source.present()).toEqual(before)
    await at.db
      .updateTable('job')
      .set({ status: 'failed', ended_at: new Date() })
      .where('ended_at', 'is', null)
      .execute()
    const { changes } = await source.discover({ relations: [orders], maxRemovedShare: 0.7 })
    expect(changes).toEqual([
      'schema_removed shop.hr !',
      'table_removed shop.hr.staff !',
      'table_removed shop.sales.customer !',
    ])
  })
})

test('a breaking change names what lay downstream, and the columns that its values came to', async () => {
  const source = await addSource(at)
  const relations = [orders, table(2, 'sales/big', ['id', 'amount']), table(3, 'sales/top', ['n'])]
  await source.discover({ relations })
  const edge = (from: number, to: number, columns: { from: string; to: string }[]) =>
    ({ from: `r:${from}`, to: `r:${to}`, evidence: 'view', columns, indirect: [], sql: null }) as const
  await traced(source, [
    edge(1, 2, [{ from: 'total', to: 'amount' }]),
    edge(2, 3, [{ from: 'id', to: 'n' }]),
    edge(3, 1, []),
  ])
  const { jobId } = await source.discover({ relations: [table(1, 'sales/orders', ['id']), ...relations.slice(1)] })
  const [change] = await listSchemaChanges(
    at.db,
    at.actor.organizationId,
    { id: source.databaseId, kind: 'database' },
    { jobId, limit: 5 },
  )
  expect(change).toMatchObject({ kind: 'column_removed', column: 'total', reason: 'Queries that name it fail' })
  expect(change?.downstream).toMatchObject({
    total: 2,
    assets: [
      { name: 'big', columns: ['amount'] },
      { name: 'top', columns: [] },
    ],
  })
})

/** Stores edges as a run of lineage extraction does. */
async function traced(source: Source, edges: Parameters<typeof stageEdges>[2]) {
  const jobId = await at.addJob(source.databaseId, 'lineage_extraction')
  const ledger = createJobLedger(at.db)
  await ledger.begin(jobId)
  const collecting = await openStep(at.db, jobId, 'collect')
  const scope = { assetId: source.databaseId, assetKind: 'database' as const, connectionId: source.connectionId }
  await selectRelations(at.db, collecting, scope, { upkeep: 'traced', changedOnly: false })
  await stageQueries(
    at.db,
    collecting,
    edges.map(({ to }) => ({ externalId: to, kind: 'parsed', text: '{}' })),
  )
  const resolving = await openStep(at.db, jobId, 'resolve')
  await resetEdges(at.db, resolving)
  await stageEdges(at.db, resolving, edges)
  await storeLineage(at.db, await openStep(at.db, jobId, 'store'), { connectionId: source.connectionId, fadeDays: 30 })
  await ledger.end(jobId, completed)
}

describe('snapshots', () => {
  const databaseOf = (source: Source) => ({
    id: source.databaseId,
    kind: 'database' as const,
    connectionId: source.connectionId,
  })

  test('are compared in both directions, by what was there then and not by what came and went between', async () => {
    const source = await addSource(at)
    const first = await source.discover({ relations: [orders, customer] })
    await source.discover({ relations: [orders, customer, staff] })
    await source.discover({ relations: [table(1, 'sales/orders', ['id', 'amount']), staff] })
    const last = await source.discover({
      relations: [table(1, 'sales/bookings', ['id', 'amount']), table(9, 'hr/team', [])],
    })
    const { organizationId } = at.actor
    const snapshots = await listSnapshots(at.db, organizationId, source.connectionId, { after: undefined, limit: 10 })
    expect(snapshots.map(({ counts }) => counts['changes'])).toEqual([3, 2, 2, 0])
    const taken = new Map(snapshots.map(({ jobId, takenAt }) => [jobId, takenAt]))
    const [from, to] = [taken.get(first.jobId), taken.get(last.jobId)]
    if (!from || !to) throw new Error('no snapshots')
    const between = async (start: Date, end: Date) =>
      (
        await snapshotDifferences(at.db, organizationId, databaseOf(source), { from: start, to: end, limit: 10 })
      ).differences.map(({ asset, before, after }) => [asset.qualifiedName, before?.name ?? null, after?.name ?? null])
    expect(await between(from, to)).toEqual([
      ['shop.hr.team', null, 'team'],
      ['shop.sales.bookings', 'orders', 'bookings'],
      ['shop.sales.customer', 'customer', null],
    ])
    expect((await between(to, from)).map(([name, before, after]) => [name, after, before])).toEqual(
      await between(from, to),
    )
    expect(await between(to, to)).toEqual([])
  })

  test('do not tell of what nobody had looked for, in either direction, and count it', async () => {
    const source = await addSource(at)
    const narrow = await source.discover({ scope: { include: ['sales.o*'] }, relations: [orders] })
    const wide = await source.discover({ relations: [orders, customer, staff] })
    const later = await source.discover({ relations: [orders, customer, staff, table(7, 'hr/team', ['id'])] })
    const taken = async ({ jobId }: { jobId: string }) => {
      const { organizationId } = at.actor
      const page = await listSnapshots(at.db, organizationId, source.connectionId, { after: undefined, limit: 10 })
      return page.find((one) => one.jobId === jobId)?.takenAt ?? new Date(0)
    }
    const compared = async (from: Date, to: Date, limit = 10) => {
      const { organizationId } = at.actor
      const { differences, outOfScope } = await snapshotDifferences(at.db, organizationId, databaseOf(source), {
        from,
        to,
        limit,
      })
      return { names: differences.map(({ asset }) => asset.name), outOfScope }
    }
    const [first, second, third] = [await taken(narrow), await taken(wide), await taken(later)]
    expect(await compared(first, second)).toEqual({ names: [], outOfScope: 2 })
    expect(await compared(second, first)).toEqual({ names: [], outOfScope: 2 })
    // What is left out does not use up the limit.
    expect(await compared(first, third, 1)).toEqual({ names: [], outOfScope: 3 })
    expect(await compared(second, third, 1)).toEqual({ names: ['team'], outOfScope: 0 })
  })

  test('one is the baseline: a later one takes its place', async () => {
    const source = await addSource(at)
    const jobs = [await source.discover({ relations: [orders] }), await source.discover({ relations: [orders, staff] })]
    const asset = { id: source.databaseId, connectionId: source.connectionId }
    for (const { jobId } of jobs) expect(await acceptBaseline(at.db, at.actor, asset, jobId)).toBe('accepted')
    const baseline = await findBaseline(at.db, at.actor.organizationId, source.connectionId)
    expect(baseline).toMatchObject({ jobId: jobs[1]?.jobId, baselineBy: 'ann' })
    const other = await addSource(at)
    const foreign = { id: other.databaseId, connectionId: other.connectionId }
    expect(await acceptBaseline(at.db, at.actor, foreign, jobs[0]?.jobId ?? '')).toBe('not-found')
    expect(await acceptBaseline(at.db, at.actor, asset, 'no uuid')).toBe('not-found')
  })
})
