import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fakeActivities } from '../testing/fake-activities.ts'
import { createWorkflowBench, type WorkflowBench } from '../testing/run-workflows.ts'

let bench: WorkflowBench
beforeAll(async () => {
  bench = await createWorkflowBench(inject('temporalTestServer'))
})
afterAll(() => bench.close())

const activities = ['selectMetricTables', 'measureMetrics', 'judgeMetrics', 'storeMetrics']

test('tables are selected, measured, judged and stored, and tables that failed do not fail the job', async () => {
  const fakes = fakeActivities()
  await bench.withWorkers(fakes, async () => (await bench.start('metricCapture', 'capture')).result())
  expect(fakes.record.steps.get('capture')).toEqual(['select', 'measure', 'judge', 'store'])
  expect(fakes.record.calls.filter((call) => activities.includes(call))).toEqual(activities)
  expect(fakes.record.outcomes.get('capture')).toEqual({
    kind: 'completed',
    message: '60 values of 4 tables (1 could not be measured), 2 anomalies',
    counts: { tables: 5, measured: 4, failed: 1, statements: 4, points: 60, anomalies: 2 },
  })
})

test('a source that cannot be read fails the job, and nothing is judged', async () => {
  const fakes = fakeActivities({
    before(activity) {
      if (activity === 'measureMetrics')
        throw ApplicationFailure.create({ type: 'authentication-failed', message: 'no', nonRetryable: true })
    },
  })
  await bench.withWorkers(fakes, async () => {
    await expect((await bench.start('metricCapture', 'refused')).result()).rejects.toThrow('Workflow execution failed')
  })
  expect(fakes.record.calls).not.toContain('judgeMetrics')
  expect(fakes.record.outcomes.get('refused')).toMatchObject({
    kind: 'failed',
    error: { code: 'authentication-failed', retryable: false },
  })
})
