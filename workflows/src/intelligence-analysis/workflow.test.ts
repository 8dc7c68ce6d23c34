import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fakeActivities } from '../testing/fake-activities.ts'
import { createWorkflowBench, type WorkflowBench } from '../testing/run-workflows.ts'

let bench: WorkflowBench
beforeAll(async () => {
  bench = await createWorkflowBench(inject('temporalTestServer'))
})
afterAll(() => bench.close())

test('selects, samples, describes and stores; the message tells model, prompt, tokens and cost', async () => {
  const fakes = fakeActivities()
  await bench.withWorkers(fakes, async () => (await bench.start('intelligenceAnalysis', 'described')).result())
  expect(fakes.record.calls.filter((call) => !['begin', 'openStep', 'end'].includes(call))).toEqual([
    'selectForDocumentation',
    'profileValues',
    'describeTables',
    'storeDocumentation',
  ])
  expect(fakes.record.outcomes.get('described')).toMatchObject({
    kind: 'completed',
    message:
      '3 of 5 tables documented, 1 unchanged, 1 could not be described, by a-model (prompt 1): 1500 tokens, $0.0025',
    counts: { tables: 5, documented: 3, unchanged: 1, left: 1, texts: 12, inputTokens: 1000, outputTokens: 500 },
  })
})

test('without a model it says so', async () => {
  const fakes = fakeActivities({ described: { model: null, unchanged: 0, left: 0, described: 5 } })
  await bench.withWorkers(fakes, async () => (await bench.start('intelligenceAnalysis', 'by-rules')).result())
  expect(fakes.record.outcomes.get('by-rules')).toMatchObject({
    message: '5 of 5 tables documented, by rules: no model is set up',
  })
})

test('a model that refuses the key fails the job, and nothing is stored', async () => {
  const fakes = fakeActivities({
    before(activity) {
      if (activity !== 'describeTables') return
      throw ApplicationFailure.create({ type: 'model-refused', message: 'no such key', nonRetryable: true })
    },
  })
  await bench.withWorkers(fakes, async () => {
    await expect((await bench.start('intelligenceAnalysis', 'refused')).result()).rejects.toThrow('failed')
  })
  expect(fakes.record.outcomes.get('refused')).toMatchObject({ kind: 'failed', error: { code: 'model-refused' } })
  expect(fakes.record.calls).not.toContain('storeDocumentation')
})
