import { WorkflowFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fakeActivities } from '../testing/fake-activities.ts'
import { createWorkflowBench, type WorkflowBench } from '../testing/run-workflows.ts'

let bench: WorkflowBench
beforeAll(async () => {
  bench = await createWorkflowBench(inject('temporalTestServer'))
})
afterAll(() => bench.close())

const failing = (error: { type: string; nonRetryable?: boolean; until?: number }) =>
  fakeActivities({
    before(activity, attempt) {
      if (activity !== 'deliver' || attempt > (error.until ?? Number.POSITIVE_INFINITY)) return
      throw ApplicationFailure.create({ ...error, message: 'The receiver answered 503' })
    },
  })

test('a receiver that is down for hours is told when it is back', async () => {
  const fakes = failing({ type: 'notice-failed', until: 15 })
  await bench.withWorkers(fakes, async () => {
    const run = await bench.startDelivery('late')
    await run.result()
    const { startTime, closeTime } = await run.describe()
    expect((closeTime?.getTime() ?? 0) - startTime.getTime()).toBeGreaterThan(3_600_000)
  })
  expect(fakes.record.givenUp.size).toBe(0)
})

test('after a day it is given up, with the reason of the last try', async () => {
  const fakes = failing({ type: 'notice-failed' })
  await bench.withWorkers(fakes, async () => {
    await expect((await bench.startDelivery('never')).result()).rejects.toBeInstanceOf(WorkflowFailedError)
  })
  expect(fakes.record.givenUp.get('never')).toBe('The receiver answered 503')
  expect(fakes.record.calls.length).toBeGreaterThan(20)
})

test('what will never be taken is given up at once', async () => {
  const fakes = failing({ type: 'notice-refused', nonRetryable: true })
  await bench.withWorkers(fakes, async () => {
    await expect((await bench.startDelivery('refused')).result()).rejects.toBeInstanceOf(WorkflowFailedError)
  })
  expect(fakes.record.calls).toEqual(['deliver', 'giveUpDelivery'])
})
