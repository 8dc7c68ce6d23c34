import { ApplicationFailure } from '@temporalio/common'
import { Context } from '@temporalio/activity'
import { WorkflowFailedError } from '@temporalio/client'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fakeActivities } from '../testing/fake-activities.ts'
import { createWorkflowBench, type WorkflowBench } from '../testing/run-workflows.ts'
import { workflowIdOf } from '../workflow-id.ts'

let bench: WorkflowBench
beforeAll(async () => {
  bench = await createWorkflowBench(inject('temporalTestServer'))
})
afterAll(() => bench.close())

const statusOf = async (jobId: string) =>
  (await bench.env.client.workflow.getHandle(workflowIdOf(jobId)).describe()).status.name

test('a tick starts its jobs and ends when they have', async () => {
  const tickJobs = ['tick-a', 'tick-b', 'tick-c']
  const fakes = fakeActivities({ tickJobs })
  const result = await bench.withWorkers(fakes, async () => (await bench.startTick('three')).result())
  expect(result).toEqual({ jobs: 3 })
  expect(tickJobs.map((id) => fakes.record.outcomes.get(id)?.kind)).toEqual(['completed', 'completed', 'completed'])
  expect(fakes.record.ticks).toHaveLength(1)
})

test('a tick that was skipped ends at once', async () => {
  const fakes = fakeActivities()
  const result = await bench.withWorkers(fakes, async () => (await bench.startTick('skipped')).result())
  expect(result).toEqual({ jobs: 0 })
  expect(fakes.record.calls).toEqual(['takeTick'])
})

test('a tick stays open while a job of it is active, and is not failed by one that fails', async () => {
  const release = Promise.withResolvers<void>()
  const fakes = fakeActivities({
    tickJobs: ['failing', 'slow'],
    async before(activity, attempt) {
      if (activity !== 'sampleValues') return
      if (attempt === 1) throw ApplicationFailure.create({ type: 'permission-denied', nonRetryable: true })
      await release.promise
    },
  })
  await bench.withWorkers(fakes, async () => {
    const tick = await bench.startTick('failing')
    await expect.poll(() => fakes.record.outcomes.size).toBe(1)
    expect((await tick.describe()).status.name).toBe('RUNNING')
    release.resolve()
    expect(await tick.result()).toEqual({ jobs: 2 })
  })
  expect([...fakes.record.outcomes.values()].map(({ kind }) => kind).toSorted()).toEqual(['completed', 'failed'])
})

test('a job that was started already is waited for by the record', async () => {
  const fakes = fakeActivities({ tickJobs: ['started-before'], activeJobs: [1, 1, 0] })
  await bench.withWorkers(fakes, async () => {
    await (await bench.start('tagGeneration', 'started-before')).result()
    expect(await (await bench.startTick('late')).result()).toEqual({ jobs: 1 })
  })
  expect(fakes.record.calls.filter((call) => call === 'countActiveJobs')).toHaveLength(3)
  expect(fakes.record.calls.filter((call) => call === 'storeTags')).toHaveLength(1)
})

test('a tick that is cancelled leaves its jobs alone', async () => {
  const [begun, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const fakes = fakeActivities({
    tickJobs: ['left-alone'],
    async before(activity) {
      if (activity !== 'sampleValues') return
      const beat = setInterval(() => Context.current().heartbeat(), 50)
      begun.resolve()
      await release.promise.finally(() => clearInterval(beat))
    },
  })
  await bench.withWorkers(fakes, async () => {
    const tick = await bench.startTick('cancelled')
    await begun.promise
    await tick.cancel()
    await expect(tick.result()).rejects.toThrow(WorkflowFailedError)
    expect(await statusOf('left-alone')).toBe('RUNNING')
    release.resolve()
    await bench.env.client.workflow.getHandle(workflowIdOf('left-alone')).result()
  })
  expect(fakes.record.outcomes.get('left-alone')?.kind).toBe('completed')
})

test('a thousand jobs are started a few at a time, within a small history', async () => {
  const tickJobs = Array.from({ length: 1_000 }, (_, index) => `of-a-thousand-${index}`)
  const fakes = fakeActivities({ tickJobs, admissions: [{ kind: 'ended' }] })
  await bench.withWorkers(fakes, async () => {
    const tick = await bench.startTick('thousand')
    expect(await tick.result()).toEqual({ jobs: 1_000 })
    const { events } = await tick.fetchHistory()
    expect(events?.length).toBeLessThan(12_000)
  })
}, 120_000)
