import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fakeActivities } from '../testing/fake-activities.ts'
import { createWorkflowBench, type WorkflowBench } from '../testing/run-workflows.ts'
import { workflowIdOf } from '../workflow-id.ts'

let bench: WorkflowBench
beforeAll(async () => {
  bench = await createWorkflowBench(inject('temporalTestServer'))
})
afterAll(() => bench.close())

const both = { followUps: ['tag_generation', 'lineage_extraction'] }

test('discovery starts tagging and lineage as jobs of their own that outlive it', async () => {
  const fakes = fakeActivities({ stored: { toTag: 3, toTrace: 1, changes: 4, breaking: 1 } })
  await bench.withWorkers(fakes, async () => {
    await (await bench.start('schemaDiscovery', 'parent', both)).result()
    expect(fakes.record.children.map(({ type, config }) => ({ type, config }))).toEqual([
      { type: 'tag_generation', config: { scope: 'changed' } },
      { type: 'lineage_extraction', config: { scope: 'changed' } },
    ])
    for (const child of fakes.record.children) {
      await bench.env.client.workflow.getHandle(workflowIdOf(child.id)).result()
      expect(fakes.record.outcomes.get(child.id)?.kind).toBe('completed')
    }
  })
  expect(fakes.record.outcomes.get('parent')).toMatchObject({
    kind: 'completed',
    message: '5 tables and 1 view, 4 changes, 1 of them breaking',
    counts: { followUps: 2, tables: 5 },
  })
})

test('what could not be read is part of the message', async () => {
  const fakes = fakeActivities({ stored: { changes: 2, incomplete: 1, locked: 3 } })
  await bench.withWorkers(fakes, async () => (await bench.start('schemaDiscovery', 'gaps', both)).result())
  expect(fakes.record.outcomes.get('gaps')).toMatchObject({
    message: '5 tables and 1 view, 2 changes; 1 schema not read whole, 3 locked objects not read: see the warnings',
    counts: { incomplete: 1, locked: 3 },
  })
})

test('that nothing of the database was asked for is said before all else', async () => {
  const fakes = fakeActivities({ stored: { tables: 0, views: 0, changes: 0, incomplete: 0, locked: 0 } })
  await bench.withWorkers(fakes, async () => {
    await (await bench.start('schemaDiscovery', 'nowhere', { include: ['nowhere.*'], followUps: [] })).result()
    await (await bench.start('schemaDiscovery', 'empty', { followUps: [] })).result()
  })
  expect(fakes.record.outcomes.get('nowhere')).toMatchObject({
    kind: 'completed',
    message: 'Nothing was looked at: no table or view matches the schemas and patterns of this job; see the warnings',
  })
  expect(fakes.record.outcomes.get('empty')).toMatchObject({ message: expect.stringMatching(/^0 tables and 0 views/) })
})

test('a cancel that comes while the end of a discovery is written leaves alone what it has started', async () => {
  const ending = Promise.withResolvers<void>()
  const cancelled = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const fakes = fakeActivities({
    stored: { toTag: 3 },
    async before(activity) {
      if (activity === 'classifyColumns') await ended.promise
      if (activity !== 'end') return
      ending.resolve()
      await cancelled.promise
    },
  })
  await bench.withWorkers(fakes, async () => {
    const parent = await bench.start('schemaDiscovery', 'late-cancel', { followUps: ['tag_generation'] })
    await ending.promise
    await parent.cancel()
    cancelled.resolve()
    await parent.result()
    ended.resolve()
    const [child] = fakes.record.children
    await bench.env.client.workflow.getHandle(workflowIdOf(child?.id ?? '')).result()
    expect(fakes.record.outcomes.get(child?.id ?? '')?.kind).toBe('completed')
  })
})

test('nothing that changed needs no follow-up', async () => {
  const fakes = fakeActivities()
  await bench.withWorkers(fakes, async () => (await bench.start('schemaDiscovery', 'unchanged', both)).result())
  expect(fakes.record.children).toEqual([])
  expect(fakes.record.outcomes.get('unchanged')).toMatchObject({ message: '5 tables and 1 view, nothing changed' })
})

test('a follow-up that was not asked for, or that has an active twin, is not started', async () => {
  const fakes = fakeActivities({ stored: { toTag: 3, toTrace: 1 }, twins: ['tag_generation'] })
  await bench.withWorkers(fakes, async () => {
    await (await bench.start('schemaDiscovery', 'with-twin', both)).result()
    await (await bench.start('schemaDiscovery', 'only-tags', { followUps: ['tag_generation'] })).result()
  })
  expect(fakes.record.children.map((child) => child.type)).toEqual(['lineage_extraction'])
  expect(fakes.record.outcomes.get('with-twin')).toMatchObject({ counts: { followUps: 1 } })
  expect(fakes.record.outcomes.get('only-tags')).toMatchObject({ counts: { followUps: 0 } })
})
