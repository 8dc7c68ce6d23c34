import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { WorkflowFailedError } from '@temporalio/client'
import { Context } from '@temporalio/activity'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fakeActivities, type Behaviour } from './testing/fake-activities.ts'
import { createWorkflowBench, type WorkflowBench } from './testing/run-workflows.ts'
import { slotGrantedSignal } from './workflow-id.ts'

let bench: WorkflowBench
beforeAll(async () => {
  bench = await createWorkflowBench(inject('temporalTestServer'))
})
afterAll(() => bench.close())

test('a job runs its steps in order and ends as completed with message and counts', async () => {
  const fakes = fakeActivities()
  await bench.withWorkers(fakes, async () => (await bench.start('tagGeneration', 'tags')).result())
  expect(fakes.record.steps.get('tags')).toEqual(['select', 'sample', 'classify', 'store'])
  expect(fakes.record.outcomes.get('tags')).toEqual({
    kind: 'completed',
    message: '7 of 30 columns in 5 tables carry tags',
    counts: { tables: 5, unreadable: 1, columns: 30, tagged: 7, changed: 7 },
  })
})

test('a job without a slot does nothing until it is given one', async () => {
  const fakes = fakeActivities({ admissions: [{ kind: 'waiting', position: 3 }, { kind: 'admitted' }] })
  await bench.withWorkers(fakes, async () => {
    const run = await bench.start('lineageExtraction', 'waits')
    await expect.poll(() => fakes.record.calls).toEqual(['begin'])
    await run.signal(slotGrantedSignal)
    await run.result()
  })
  expect(fakes.record.outcomes.get('waits')?.kind).toBe('completed')
})

test('the step that began with the admission is not opened again', async () => {
  const fakes = fakeActivities({ admissions: [{ kind: 'admitted', opened: 'select' }] })
  await bench.withWorkers(fakes, async () => (await bench.start('tagGeneration', 'opened')).result())
  expect(fakes.record.steps.get('opened')).toEqual(['sample', 'classify', 'store'])
  expect(fakes.record.outcomes.get('opened')?.kind).toBe('completed')
})

const refusedBy = (type: string): NonNullable<Behaviour['before']> => {
  return (activity, attempt) => {
    if (activity === 'selectTables' && attempt === 1)
      throw ApplicationFailure.create({ type, message: 'not now', nonRetryable: true })
  }
}
const kept = { opens: 'select' }

test('a job that a slot is kept for begins with its first step and asks for nothing', async () => {
  const fakes = fakeActivities()
  await bench.withWorkers(fakes, async () => (await bench.start('tagGeneration', 'kept', {}, kept)).result())
  expect(fakes.record.calls.slice(0, 2)).toEqual(['selectTables', 'openStep'])
  expect(fakes.record.calls).not.toContain('begin')
  expect(fakes.record.steps.get('kept')).toEqual(['sample', 'classify', 'store'])
  expect(fakes.record.finished.get('kept')?.[0]).toEqual({ step: 'select', result: { tables: 5 } })
  expect(fakes.record.outcomes.get('kept')?.kind).toBe('completed')
})

test('a job whose slot was given up waits for another, and begins with it', async () => {
  const fakes = fakeActivities({
    admissions: [
      { kind: 'waiting', position: 1 },
      { kind: 'admitted', opened: 'select' },
    ],
    before: refusedBy('slot-given-up'),
  })
  await bench.withWorkers(fakes, async () => {
    const run = await bench.start('tagGeneration', 'given-up', {}, kept)
    await expect.poll(() => fakes.record.calls, { timeout: 10_000 }).toEqual(['selectTables', 'begin'])
    await run.signal(slotGrantedSignal)
    await run.result()
  })
  expect(fakes.record.calls.slice(0, 5)).toEqual(['selectTables', 'begin', 'begin', 'selectTables', 'openStep'])
  expect(fakes.record.outcomes.get('given-up')?.kind).toBe('completed')
})

test('a run that was reset to its very begin takes its first step over', async () => {
  const fakes = fakeActivities({
    admissions: [{ kind: 'admitted', opened: null }],
    before: refusedBy('attempt-superseded'),
  })
  await bench.withWorkers(fakes, async () => (await bench.start('tagGeneration', 'reset', {}, kept)).result())
  expect(fakes.record.steps.get('reset')).toEqual(['select', 'sample', 'classify', 'store'])
  expect(fakes.record.outcomes.get('reset')?.kind).toBe('completed')
})

test('a job with a slot that was cancelled before its first step began does not run', async () => {
  const fakes = fakeActivities({ admissions: [{ kind: 'ended' }], before: refusedBy('job-already-ended') })
  await bench.withWorkers(fakes, async () => (await bench.start('tagGeneration', 'kept-cancelled', {}, kept)).result())
  expect(fakes.record.calls).toEqual(['selectTables', 'begin'])
})

test('a first step that fails by itself fails its job, whoever kept a slot for it', async () => {
  const fakes = fakeActivities({ before: refusedBy('permission-denied') })
  await bench.withWorkers(fakes, async () => {
    const run = await bench.start('tagGeneration', 'kept-failed', {}, kept)
    await expect(run.result()).rejects.toBeInstanceOf(WorkflowFailedError)
  })
  expect(fakes.record.calls).toEqual(['selectTables', 'end'])
  expect(fakes.record.outcomes.get('kept-failed')).toMatchObject({ error: { code: 'permission-denied' } })
})

test('a job asks again by itself when the signal never comes', async () => {
  const waiting = { kind: 'waiting', position: 1 } as const
  const fakes = fakeActivities({ admissions: [waiting, waiting, waiting, { kind: 'admitted' }] })
  await bench.withWorkers(fakes, async () => (await bench.start('lineageExtraction', 'unsignalled')).result())
  expect(fakes.record.calls.filter((call) => call === 'begin')).toHaveLength(4)
})

test('a job that was cancelled before it began does not run', async () => {
  const fakes = fakeActivities({ admissions: [{ kind: 'ended' }] })
  await bench.withWorkers(fakes, async () => (await bench.start('tagGeneration', 'cancelled-before')).result())
  expect(fakes.record.calls).toEqual(['begin'])
})

test('an error with a code ends the job as failed, with code, hint and causes', async () => {
  const fakes = fakeActivities({
    before(activity) {
      if (activity !== 'connect') return
      throw ApplicationFailure.create({
        type: 'authentication-failed',
        message: 'password authentication failed for user "ann"',
        nonRetryable: true,
        cause: new Error('SQLSTATE 28P01'),
      })
    },
  })
  await bench.withWorkers(fakes, async () => {
    const run = await bench.start('schemaDiscovery', 'wrong-password', { followUps: [] })
    await expect(run.result()).rejects.toBeInstanceOf(WorkflowFailedError)
  })
  expect(fakes.record.calls.filter((call) => call === 'connect')).toHaveLength(1)
  const outcome = fakes.record.outcomes.get('wrong-password')
  expect(outcome).toMatchObject({
    kind: 'failed',
    error: {
      code: 'authentication-failed',
      message: 'password authentication failed for user "ann"',
      retryable: false,
      causes: ['SQLSTATE 28P01'],
    },
  })
  expect(outcome?.kind === 'failed' && outcome.error.stack).toContain('authentication')
})

test('a retryable error is tried again by Temporal and the job completes', async () => {
  const fakes = fakeActivities({
    before(activity, attempt) {
      if (activity === 'readCatalog' && attempt < 3) {
        throw ApplicationFailure.create({ type: 'connection-lost', message: 'server closed the connection' })
      }
    },
  })
  await bench.withWorkers(fakes, async () =>
    (await bench.start('schemaDiscovery', 'flaky', { followUps: [] })).result(),
  )
  expect(fakes.record.calls.filter((call) => call === 'readCatalog')).toHaveLength(3)
  expect(fakes.record.outcomes.get('flaky')?.kind).toBe('completed')
})

test('writing the end is tried until the record is back, and does not turn a good job bad', async () => {
  const fakes = fakeActivities({
    before(activity, attempt) {
      if (activity === 'end' && attempt < 4) throw new Error('connect ECONNREFUSED')
    },
  })
  await bench.withWorkers(fakes, async () => (await bench.start('tagGeneration', 'record-away')).result())
  expect(fakes.record.outcomes.get('record-away')?.kind).toBe('completed')
})

test('a cancel stops the running activity first and is recorded although the workflow is cancelled', async () => {
  let stopped = false
  const fakes = fakeActivities({
    async before(activity) {
      if (activity !== 'readCatalog') return
      const beat = setInterval(() => Context.current().heartbeat(), 50)
      try {
        await Context.current().cancelled
      } finally {
        clearInterval(beat)
        stopped = true
      }
    },
  })
  await bench.withWorkers(fakes, async () => {
    const run = await bench.start('schemaDiscovery', 'cancelled', { followUps: [] })
    await expect.poll(() => fakes.record.calls, { timeout: 10_000 }).toContain('readCatalog')
    await run.cancel()
    const failure = await run.result().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(WorkflowFailedError)
    expect(failure instanceof WorkflowFailedError && failure.cause).toBeInstanceOf(CancelledFailure)
  })
  expect(stopped).toBe(true)
  expect(fakes.record.outcomes.get('cancelled')).toEqual({ kind: 'cancelled' })
  expect(fakes.record.calls).not.toContain('compareCatalog')
})

test('steps that an earlier attempt finished are taken over with what they came to', async () => {
  const finished = [
    { step: 'select', result: { tables: 9 } },
    { step: 'sample', result: { tables: 9, unreadable: 4 } },
  ]
  const fakes = fakeActivities({ admissions: [{ kind: 'admitted', finished }] })
  await bench.withWorkers(fakes, async () => (await bench.start('tagGeneration', 'resumed')).result())
  expect(fakes.record.steps.get('resumed')).toEqual(['classify', 'store'])
  expect(fakes.record.calls).not.toContain('sampleValues')
  expect(fakes.record.outcomes.get('resumed')).toMatchObject({
    kind: 'completed',
    message: '7 of 30 columns in 9 tables carry tags',
    counts: { tables: 9, unreadable: 4 },
  })
})

test('what a step came to is recorded with the opening of the next', async () => {
  const fakes = fakeActivities()
  await bench.withWorkers(fakes, async () => (await bench.start('tagGeneration', 'results')).result())
  expect(fakes.record.finished.get('results')).toEqual([
    { step: 'select', result: { tables: 5 } },
    { step: 'sample', result: { tables: 5, unreadable: 1 } },
    { step: 'classify', result: { columns: 30 } },
  ])
})

test('an ended job wakes the one that was given its slot', async () => {
  const fakes = fakeActivities({
    admissions: [{ kind: 'waiting', position: 1 }, { kind: 'admitted' }],
    admitted: { first: ['next'] },
  })
  await bench.withWorkers(fakes, async () => {
    const next = await bench.start('lineageExtraction', 'next')
    await expect.poll(() => fakes.record.calls).toEqual(['begin'])
    await (await bench.start('tagGeneration', 'first')).result()
    await next.result()
    const { events } = await next.fetchHistory()
    const names = events?.map((event) => event.workflowExecutionSignaledEventAttributes?.signalName).filter(Boolean)
    expect(names).toEqual([slotGrantedSignal])
  })
})

test('a slot that was given to a job that is gone does not fail the job that gave it', async () => {
  const fakes = fakeActivities({ admitted: { gives: ['gone-for-good'] } })
  await bench.withWorkers(fakes, async () => (await bench.start('tagGeneration', 'gives')).result())
  expect(fakes.record.outcomes.get('gives')?.kind).toBe('completed')
})
