import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fakeActivities } from '../testing/fake-activities.ts'
import { createWorkflowBench, type WorkflowBench } from '../testing/run-workflows.ts'

let bench: WorkflowBench
beforeAll(async () => {
  bench = await createWorkflowBench(inject('temporalTestServer'))
})
afterAll(() => bench.close())

test('a check selects, measures, judges and stores, and says first what a person must look at', async () => {
  const fakes = fakeActivities({ freshness: { late: 2 } })
  await bench.withWorkers(fakes, async () => (await bench.start('freshnessCheck', 'checked')).result())
  expect(fakes.record.calls.filter((call) => call.endsWith('Freshness'))).toEqual([
    'selectForFreshness',
    'measureFreshness',
    'judgeFreshness',
    'storeFreshness',
  ])
  expect(fakes.record.outcomes.get('checked')).toMatchObject({
    kind: 'completed',
    message: '5 tables checked: 1 stale, 2 late, 1 could not be checked, 1 still learned',
    counts: { tables: 5, fresh: 2, learning: 1, read: 2, failed: 1, changed: 1 },
  })
})

test('a check that finds nothing overdue says so', async () => {
  const fakes = fakeActivities({ freshness: { stale: 0, error: 0, fresh: 4 } })
  await bench.withWorkers(fakes, async () => (await bench.start('freshnessCheck', 'all-well')).result())
  expect(fakes.record.outcomes.get('all-well')).toMatchObject({
    message: '5 tables checked: none is overdue, 1 still learned',
  })
})

test('a source that fails for good fails the check, and nothing is stored', async () => {
  const fakes = fakeActivities({
    before(activity) {
      if (activity !== 'measureFreshness') return
      throw ApplicationFailure.create({ type: 'permission-denied', message: 'no', nonRetryable: true })
    },
  })
  await bench.withWorkers(fakes, async () => {
    await expect((await bench.start('freshnessCheck', 'refused')).result()).rejects.toThrow('failed')
  })
  expect(fakes.record.outcomes.get('refused')).toMatchObject({ kind: 'failed', error: { code: 'permission-denied' } })
  expect(fakes.record.calls).not.toContain('storeFreshness')
})
