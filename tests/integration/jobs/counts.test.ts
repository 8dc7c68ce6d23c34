import { countJobs, createJobLedger, foldJobCounts, newId, type Database, type JobFilter } from '@plumbline/store'
import { jobTabs, type JobType } from '@plumbline/workflows'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pastJobRow } from '../../support/past-job-row.ts'
import { arrange, completed, failed, type Arrangement } from './arrange.ts'

let at: Arrangement
let roots: { connectionId: string; assetId: string }[]
beforeAll(async () => {
  at = await arrange()
  roots = await Promise.all([at.addConnection(2), at.addConnection(2), at.addConnection(2)])
})
afterAll(() => at.db.destroy())

const types: JobType[] = ['schema_discovery', 'tag_generation', 'lineage_extraction']

/** Filters that the rollup answers. */
const filters = (): JobFilter[] => [
  {},
  ...types.map((type) => ({ types: [type] })),
  ...roots.map(({ connectionId }) => ({ connectionId })),
  ...roots.map(({ assetId }) => ({ asset: { id: assetId, kind: 'database' as const }, trigger: 'manual' as const })),
  { statuses: ['failed'] },
  { unresolved: true },
  { trigger: 'retry' },
  { statuses: ['failed', 'completed'], types: ['tag_generation', 'schema_discovery'] },
  { statuses: [] },
]

/** Counted row by row. */
async function exactly(db: Database, filter: JobFilter) {
  const rows = await db.selectFrom('job').selectAll().where('organization_id', '=', at.actor.organizationId).execute()
  const mine = rows.filter(
    (row) =>
      (!filter.statuses || filter.statuses.includes(row.status)) &&
      (!filter.types || filter.types.includes(row.type)) &&
      (filter.connectionId === undefined || row.connection_id === filter.connectionId) &&
      (!filter.asset || row.database_id === filter.asset.id) &&
      (!filter.trigger || row.trigger_kind === filter.trigger) &&
      (!filter.unresolved || (row.status === 'failed' && row.resolved_by_job_id === null)),
  )
  const of = (statuses: readonly string[]) => mine.filter(({ status }) => statuses.includes(status)).length
  return {
    all: mine.length,
    active: of(jobTabs.active),
    completed: of(jobTabs.completed),
    failed: of(jobTabs.failed),
    unresolved: mine.filter((row) => row.status === 'failed' && row.resolved_by_job_id === null).length,
    capped: [],
  }
}

/** Both in one snapshot, so that writers in between cannot make them differ. */
async function expectExact(filter: JobFilter): Promise<void> {
  const [counted, exact] = await at.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => [await countJobs(trx, at.actor.organizationId, filter), await exactly(trx, filter)])
  expect({ filter, counted }).toEqual({ filter, counted: exact })
}

/** Park and Miller's generator: a history that went wrong can be told again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** One random thing that happens to jobs: one by one through the ledger, or to many rows in one statement. */
async function happen(random: () => number): Promise<void> {
  const root = roots[Math.floor(random() * roots.length)]
  const type = types[Math.floor(random() * types.length)]
  if (!root || !type) return
  const chance = random()
  if (chance < 0.5) return runOne(root.assetId, type, random() < 0.5)
  if (chance < 0.7) return insertMany(root.assetId, type, Math.ceil(random() * 20))
  if (chance < 0.8) return resolveMany(await someImported(random))
  if (chance < 0.9) return deleteMany(await someImported(random))
  await foldJobCounts(at.db)
}

async function runOne(assetId: string, type: JobType, well: boolean): Promise<void> {
  const active = await at.db
    .selectFrom('job')
    .select('id')
    .where('asset_id', '=', assetId)
    .where('type', '=', type)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  const id = active?.id ?? (await at.addJob(assetId, type))
  const ledger = createJobLedger(at.db)
  await ledger.begin(id)
  await ledger.end(id, well ? completed : failed)
}

async function insertMany(assetId: string, type: JobType, count: number): Promise<void> {
  const root = await at.db.selectFrom('asset').selectAll().where('id', '=', assetId).executeTakeFirstOrThrow()
  const rows = Array.from({ length: count }, (_, n) => {
    const id = newId()
    return pastJobRow(root, {
      id,
      type,
      status: 'failed',
      trigger_kind: n % 2 === 0 ? 'retry' : 'manual',
      actor: imported,
      ended_at: new Date(),
    })
  })
  await at.db.insertInto('job').values(rows).execute()
}

/** Who the rows without steps belong to. */
const imported = 'imported'

async function someImported(random: () => number): Promise<string[]> {
  const rows = await at.db.selectFrom('job').select('id').where('actor', '=', imported).orderBy('id').execute()
  return rows.map((row) => row.id).filter(() => random() < 0.3)
}

async function resolveMany(ids: string[]): Promise<void> {
  const [first] = ids
  if (first !== undefined)
    await at.db.updateTable('job').set({ resolved_by_job_id: first, warnings: 1 }).where('id', 'in', ids).execute()
}

async function deleteMany(ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await at.db.updateTable('job').set({ resolved_by_job_id: null }).where('resolved_by_job_id', 'in', ids).execute()
  await at.db.deleteFrom('job').where('id', 'in', ids).execute()
}

test('after random histories each count is what counting row by row comes to, folded or not', async () => {
  const random = seeded(11)
  for (let round = 0; round < 12; round++) {
    for (let step = 0; step < 10; step++) await happen(random)
    for (const filter of filters()) await expectExact(filter)
  }
  const states = await at.db.selectFrom('job').select('state').distinct().execute()
  expect(states.map((row) => row.state).toSorted()).toEqual(['completed', 'failed', 'resolved'])
})

test('counts stay exact while transactions change jobs side by side, some of which are rolled back', async () => {
  const writers = roots.map(async ({ assetId }, index) => {
    const random = seeded(index + 1)
    for (let step = 0; step < 15; step++) {
      const type = types[step % types.length] ?? 'schema_discovery'
      await runOne(assetId, type, random() < 0.5)
      await rolledBack(assetId)
    }
  })
  const written = new AbortController()
  const all = Promise.all(writers).finally(() => written.abort())
  const folding = (async () => {
    while (!written.signal.aborted) await foldJobCounts(at.db)
  })()
  while (!written.signal.aborted) await expectExact({})
  await Promise.all([all, folding])
  for (const filter of filters()) await expectExact(filter)
  await foldJobCounts(at.db)
  expect(await at.db.selectFrom('job_count_change').selectAll().execute()).toEqual([])
  for (const filter of filters()) await expectExact(filter)
})

async function rolledBack(assetId: string): Promise<void> {
  const changed = at.db.transaction().execute(async (trx) => {
    await trx.updateTable('job').set({ trigger_kind: 'api' }).where('asset_id', '=', assetId).execute()
    throw new Error('changed my mind')
  })
  await expect(changed).rejects.toThrow('changed my mind')
}
