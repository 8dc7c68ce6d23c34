import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fakeActivities } from '../testing/fake-activities.ts'
import { createWorkflowBench, type WorkflowBench } from '../testing/run-workflows.ts'

let bench: WorkflowBench
beforeAll(async () => {
  bench = await createWorkflowBench(inject('temporalTestServer'))
})
afterAll(() => bench.close())

test('a receiver that is down for hours is told when it is back, within a minute', async () => {
  const fakes = fakeActivities({
    before(_, attempt) {
      if (attempt <= 300) throw ApplicationFailure.create({ type: 'run-events-not-sent', message: 'answered 503' })
    },
  })
  await bench.withWorkers(fakes, async () => {
    const run = await bench.start('runEventDelivery', 'all')
    await run.result()
    const { startTime, closeTime } = await run.describe()
    expect((closeTime?.getTime() ?? 0) - startTime.getTime()).toBeLessThan(301 * 60_000)
  })
  expect(fakes.record.calls).toHaveLength(301)
})
