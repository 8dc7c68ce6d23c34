import { setTimeout as sleep } from 'node:timers/promises'
import { canonicalJson, fingerprintOf } from '@plumbline/analysis'
import {
  createJobLedger,
  resetDiscovery,
  stageRelations,
  stageSchemas,
  storeCatalog,
  type StagedRelation,
  type StepLease,
} from '@plumbline/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSource, compare, scopeOf, stage, table } from '../catalog/catalog-fixture.ts'
import { arrange, completed, failed, openStep, type Arrangement } from './arrange.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

/** A running job in its first attempt to read the catalog. */
async function reading(): Promise<StepLease> {
  const { assetId } = await at.addConnection()
  const jobId = await at.addJob(assetId)
  await createJobLedger(at.db).begin(jobId)
  return openStep(at.db, jobId, 'read_catalog')
}

/** Relations that carry, in their names, which attempt read them. */
function relationsOf({ attempt }: StepLease, from: number, count: number): StagedRelation[] {
  return Array.from({ length: count }, (_, n) => {
    const { document, ...relation } = table(from + n, `s/attempt${attempt}`, ['id'])
    const documentJson = canonicalJson(document)
    return { ...relation, documentJson, fingerprint: fingerprintOf('table', documentJson), comment: null, columns: 1 }
  })
}

async function stagedBy(jobId: string): Promise<Record<string, number>> {
  const rows = await at.db
    .selectFrom('discovered_relation')
    .select((eb) => ['name', eb.fn.countAll<number>().as('count')])
    .where('job_id', '=', jobId)
    .groupBy('name')
    .execute()
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

const superseded = { code: 'attempt-superseded' }
const ended = { code: 'job-already-ended' }

test('an attempt that writes after a newer one began is refused, whatever it writes', async () => {
  const ledger = createJobLedger(at.db)
  const old = await reading()
  await stageRelations(at.db, old, relationsOf(old, 0, 2))
  const newer = { ...old, attempt: 2 }
  await ledger.beginAttempt(newer)
  await resetDiscovery(at.db, newer)

  await expect(stageRelations(at.db, old, relationsOf(old, 0, 2))).rejects.toMatchObject(superseded)
  await expect(resetDiscovery(at.db, old)).rejects.toMatchObject(superseded)
  const warning = { code: 'no-select', object: 's.a', message: 'no' }
  await expect(ledger.addWarnings(old, [warning])).rejects.toMatchObject(superseded)
  await expect(ledger.beginAttempt(old)).rejects.toMatchObject(superseded)
  await ledger.recordProgress(newer, { done: 1, total: 10 })
  await ledger.recordProgress(old, { done: 9, total: 10 })
  await ledger.failAttempt(old, { error: 'of the old one', retry: null })
  await stageRelations(at.db, newer, relationsOf(newer, 5, 3))

  expect(await stagedBy(old.jobId)).toEqual({ attempt2: 3 })
  const step = await at.db
    .selectFrom('job_step')
    .select(['attempts', 'done', 'last_error'])
    .where('job_id', '=', old.jobId)
    .where('name', '=', 'read_catalog')
    .executeTakeFirstOrThrow()
  expect(step).toEqual({ attempts: 2, done: 1, last_error: null })
})

test('an attempt of a run that was reset is refused, though the new run counts from one again', async () => {
  const ledger = createJobLedger(at.db)
  const old = await reading()
  await ledger.openStep(old.jobId, 'read_catalog', null, 'run after the reset')
  const afresh = { ...old, runId: 'run after the reset' }
  await expect(ledger.beginAttempt(old)).rejects.toMatchObject(superseded)
  await ledger.beginAttempt(afresh)
  await expect(stageRelations(at.db, old, relationsOf(old, 0, 1))).rejects.toMatchObject(superseded)
  await stageRelations(at.db, afresh, relationsOf(afresh, 0, 1))
})

test('what comes after the step, or after the end of the job, is refused', async () => {
  const ledger = createJobLedger(at.db)
  const lease = await reading()
  const schema = { externalId: 's1', name: 's', comment: null, complete: true }
  await openStep(at.db, lease.jobId, 'compare')
  await expect(stageSchemas(at.db, lease, [schema])).rejects.toMatchObject(superseded)
  await ledger.end(lease.jobId, failed)
  await expect(stageSchemas(at.db, lease, [schema])).rejects.toMatchObject(ended)
  await expect(ledger.beginAttempt({ ...lease, attempt: 2 })).rejects.toMatchObject(ended)
})

test('a long store that a newer attempt overtook is taken back as a whole', async () => {
  const ledger = createJobLedger(at.db)
  const source = await addSource(at)
  const jobId = await at.addJob(source.databaseId)
  await ledger.begin(jobId)
  const scope = scopeOf(at, source, jobId)
  await stage(at, jobId, { relations: [table(1, 'sales/orders', ['id'])] })
  await compare(at, scope)
  const old = await openStep(at.db, jobId, 'store')
  const { signal } = new AbortController()
  let storing: Promise<unknown> = Promise.resolve()
  await at.db.transaction().execute(async (trx) => {
    // The store waits here, in the middle of its transaction.
    await trx.selectFrom('asset').select('id').where('id', '=', source.databaseId).forNoKeyUpdate().execute()
    storing = storeCatalog(at.db, old, scope, signal).catch((error: unknown) => error)
    await sleep(100)
    await ledger.beginAttempt({ ...old, attempt: 2 })
  })
  expect(await storing).toMatchObject(superseded)
  expect(await source.present()).not.toHaveProperty('shop.sales')
  expect(await storeCatalog(at.db, { ...old, attempt: 2 }, scope, signal)).toMatchObject({ tables: 1 })
  await ledger.end(jobId, completed)
})

test('whenever the next attempt begins, relations of two attempts are never mixed', async () => {
  const ledger = createJobLedger(at.db)
  for (let round = 0; round < 30; round++) {
    const old = await reading()
    const newer = { ...old, attempt: 2 }
    const refusals: unknown[] = []
    const reader = async () => {
      for (let batch = 0; batch < 12; batch++) await stageRelations(at.db, old, relationsOf(old, batch * 10, 10))
    }
    const takeOver = async () => {
      await sleep(Math.random() * 15)
      await ledger.beginAttempt(newer)
      await resetDiscovery(at.db, newer)
      await stageRelations(at.db, newer, relationsOf(newer, 0, 25))
      await stageRelations(at.db, newer, relationsOf(newer, 25, 25))
    }
    await Promise.all([reader().catch((error: unknown) => refusals.push(error)), takeOver()])
    expect(await stagedBy(old.jobId)).toEqual({ attempt2: 50 })
    for (const refusal of refusals) expect(refusal).toMatchObject(superseded)
    await ledger.end(old.jobId, failed)
  }
})

test('progress, staging, and the end of a job at the same time never wait for each other in a circle', async () => {
  const ledger = createJobLedger(at.db)
  for (let round = 0; round < 20; round++) {
    const lease = await reading()
    const refused = (error: unknown) => expect(error).toMatchObject(ended)
    const warning = (n: number) => ({ code: 'no-select', object: `s.t${n}`, message: 'no' })
    const many = Array.from({ length: 10 }, (_, n) => [
      ledger.recordProgress(lease, { done: n, total: 10 }),
      stageRelations(at.db, lease, relationsOf(lease, n * 10, 10)).catch(refused),
      ledger.addWarnings(lease, [warning(n)]).catch(refused),
    ])
    await Promise.all([...many.flat(), sleep(Math.random() * 20).then(() => ledger.end(lease.jobId, failed))])
    expect(await at.statusOf(lease.jobId)).toBe('failed')
  }
})
