import { createJobLedger, createRetry, findJob, jobParts, stageSchemas } from '@plumbline/store'
import type { JobType } from '@plumbline/workflows'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, completed, failed, type Arrangement } from './arrange.ts'

let at: Arrangement
beforeAll(async () => {
  at = await arrange()
})
afterAll(() => at.db.destroy())

const found = { externalId: 's1', name: 'sales', comment: null, complete: true }

/** A discovery that read the catalog and failed after it, with what it had staged. */
async function failedDiscovery(): Promise<{ id: string; assetId: string }> {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.begin(id)
  await ledger.openStep(id, 'connect')
  await ledger.openStep(id, 'read_catalog', { step: 'connect', result: null })
  const lease = { jobId: id, step: 'read_catalog', attempt: 1, runId: 'run' }
  await ledger.beginAttempt(lease)
  await stageSchemas(at.db, lease, [found])
  await ledger.openStep(id, 'compare', { step: 'read_catalog', result: { relations: 12 } })
  await ledger.end(id, failed)
  return { id, assetId }
}

const retry = (id: string, config?: Record<string, unknown>) =>
  createRetry(at.db, at.actor, id, { mode: 'from_failure', config })

async function retried(id: string): Promise<string> {
  const outcome = await retry(id)
  if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome))
  return outcome.jobId
}

async function stagedFor(jobId: string): Promise<string[]> {
  const rows = await at.db.selectFrom('discovered_schema').select('name').where('job_id', '=', jobId).execute()
  return rows.map((row) => row.name)
}

async function stepsOf(jobId: string) {
  const row = await findJob(at.db, at.actor.organizationId, jobId)
  if (!row) throw new Error(`no job ${jobId}`)
  const { steps } = await jobParts(at.db, row)
  return Object.fromEntries(steps.map((step) => [step.name, step]))
}

test('the next attempt takes over finished steps, with what they found, and names who did them', async () => {
  const { id } = await failedDiscovery()
  expect(await stagedFor(id)).toEqual(['sales'])
  const next = await retried(id)
  expect([await stagedFor(id), await stagedFor(next)]).toEqual([[], ['sales']])
  expect(await stepsOf(next)).toMatchObject({
    connect: { status: 'completed', taken_over_from: id },
    read_catalog: { status: 'completed', taken_over_from: id, result: { relations: 12 } },
    compare: { status: 'pending', taken_over_from: null },
  })
  expect(await createJobLedger(at.db).begin(next)).toEqual({
    kind: 'admitted',
    opened: 'compare',
    finished: [
      { step: 'connect', result: null },
      { step: 'read_catalog', result: { relations: 12 } },
    ],
  })
})

test('a third attempt names the first, which did the step', async () => {
  const { id } = await failedDiscovery()
  const second = await retried(id)
  const ledger = createJobLedger(at.db)
  await ledger.begin(second)
  await ledger.openStep(second, 'compare')
  await ledger.end(second, failed)
  const third = await retried(second)
  expect((await stepsOf(third))['read_catalog']).toMatchObject({ taken_over_from: id })
  expect(await stagedFor(third)).toEqual(['sales'])
})

test('a retry from the start, and a completed job, leave nothing staged', async () => {
  const { id } = await failedDiscovery()
  expect((await createRetry(at.db, at.actor, id, { mode: 'from_start' })).kind).toBe('created')
  expect(await stagedFor(id)).toEqual([])
  const next = await retried((await failedDiscovery()).id)
  const ledger = createJobLedger(at.db)
  await ledger.begin(next)
  await ledger.end(next, completed)
  expect(await stagedFor(next)).toEqual([])
})

test('a job that failed in its first step has nothing to take over', async () => {
  const { assetId } = await at.addConnection()
  const id = await at.addJob(assetId)
  const ledger = createJobLedger(at.db)
  await ledger.begin(id)
  await ledger.openStep(id, 'connect')
  await ledger.end(id, failed)
  expect(await retry(id)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^No step/) })
})

test('a changed configuration is refused where a finished step used it, and taken where none did', async () => {
  const { id } = await failedDiscovery()
  expect(await retry(id, { schemas: ['hr'] })).toMatchObject({
    kind: 'refused',
    reason: '“Schemas” was changed, which its finished step “Read catalog” used: retry it from the start',
  })
  expect((await retry(id, { followUps: [] })).kind).toBe('created')
})

test('a step whose code has another version is refused by its name', async () => {
  const { id } = await failedDiscovery()
  const finished_steps = JSON.stringify({ connect: 1, read_catalog: 0 })
  await at.db.updateTable('job').set({ finished_steps }).where('id', '=', id).execute()
  expect(await retry(id)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/"Read catalog" changed/) })
})

test('what a later job has stored is not overwritten by what an earlier one found', async () => {
  const { id, assetId } = await failedDiscovery()
  const ledger = createJobLedger(at.db)
  const run = async (type: JobType) => {
    const later = await at.addJob(assetId, type)
    await ledger.begin(later)
    await ledger.end(later, completed)
  }
  await run('tag_generation')
  await run('schema_discovery')
  expect(await retry(id)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^A later job of this type/) })
  expect((await createRetry(at.db, at.actor, id, { mode: 'from_start' })).kind).toBe('created')
})
