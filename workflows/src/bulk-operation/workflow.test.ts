import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { WorkflowFailedError } from '@temporalio/client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { OperationPage } from '../ports.ts'
import { fakeActivities } from '../testing/fake-activities.ts'
import { createWorkflowBench, type WorkflowBench } from '../testing/run-workflows.ts'

let bench: WorkflowBench
beforeAll(async () => {
  bench = await createWorkflowBench(inject('temporalTestServer'))
})
afterAll(() => bench.close())

const page = (more: Partial<OperationPage> = {}): OperationPage => ({
  ended: false,
  cancelled: [],
  admitted: [],
  ...more,
})

test('an operation works page by page, at most one a second, until it is through', async () => {
  const fakes = fakeActivities({ operationPages: [page(), page(), page({ ended: true })] })
  await bench.withWorkers(fakes, async () => {
    const run = await bench.startOperation('pages')
    await run.result()
    const { startTime, closeTime } = await run.describe()
    expect((closeTime?.getTime() ?? 0) - startTime.getTime()).toBeGreaterThanOrEqual(1_900)
  })
  expect(fakes.record.calls).toEqual(['workOperation', 'workOperation', 'workOperation'])
  expect(fakes.record.operationEnds.size).toBe(0)
})

test('the runs of cancelled jobs are cancelled, and a job that is not there does not stop it', async () => {
  const fakes = fakeActivities({
    admissions: [{ kind: 'waiting', position: 1 }],
    operationPages: [page({ cancelled: ['waits'], admitted: ['not-there'] }), page({ ended: true })],
  })
  await bench.withWorkers(fakes, async () => {
    const job = await bench.start('tagGeneration', 'waits')
    await expect.poll(() => fakes.record.calls).toContain('begin')
    await (await bench.startOperation('cancels')).result()
    const failure = await job.result().catch((error: unknown) => error)
    expect(failure instanceof WorkflowFailedError && failure.cause).toBeInstanceOf(CancelledFailure)
  })
  expect(fakes.record.outcomes.get('waits')).toEqual({ kind: 'cancelled' })
})

test('many pages go on in new runs, so that no history grows without end', async () => {
  const fakes = fakeActivities({ operationPages: Array.from({ length: 120 }, () => page()) })
  await bench.withWorkers(fakes, async () => {
    const first = await bench.startOperation('long')
    await first.result()
    const last = await bench.env.client.workflow.getHandle(first.workflowId).describe()
    expect(last.historyLength).toBeLessThan(1_000)
  })
  expect(fakes.record.calls.filter((call) => call === 'workOperation')).toHaveLength(121)
})

test('one that cannot go on is recorded as failed, with the reason', async () => {
  const fakes = fakeActivities({
    before(activity) {
      if (activity !== 'workOperation') return
      throw ApplicationFailure.create({ message: 'division by zero', nonRetryable: true })
    },
  })
  await bench.withWorkers(fakes, async () => {
    await expect((await bench.startOperation('broken')).result()).rejects.toBeInstanceOf(WorkflowFailedError)
  })
  expect(fakes.record.operationEnds.get('broken')).toEqual({ status: 'failed', error: 'division by zero' })
})

test('one that is cancelled in Temporal is recorded as cancelled', async () => {
  const fakes = fakeActivities({ operationPages: Array.from({ length: 1_000 }, () => page()) })
  await bench.withWorkers(fakes, async () => {
    const run = await bench.startOperation('stopped')
    await expect.poll(() => fakes.record.calls).toContain('workOperation')
    await run.cancel()
    await expect(run.result()).rejects.toBeInstanceOf(WorkflowFailedError)
  })
  expect(fakes.record.operationEnds.get('stopped')).toEqual({ status: 'cancelled' })
})
