import { mkdir, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { Context } from '@temporalio/activity'
import type { WorkflowHandle } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { fakeActivities, type Behaviour } from '@plumbline/workflows/testing/fake-activities'
import { createWorkflowBench, type WorkflowBench } from '@plumbline/workflows/testing/run-workflows'
import { root, temporalTestServer } from '../../scripts/toolchain.mjs'

/**
 * Records one history for each workflow and outcome into `histories/`, which `replay.test.ts` runs through today's code.
 * Run it for a new workflow or path: `node tests/replay/record-histories.ts [only=<name>]`. A history that is there already
 * stands for runs that are under way somewhere: it is kept, and code that breaks it needs `patched()`.
 */
const folder = new URL('histories/', import.meta.url)

/** Each workflow, its first activity behind a queue, and the configuration it is recorded with. */
const workflows = {
  schemaDiscovery: { activity: 'readCatalog', config: { followUps: ['tag_generation', 'lineage_extraction'] } },
  tagGeneration: { activity: 'sampleValues', config: { scope: 'all', sampleRows: 200 } },
  lineageExtraction: { activity: 'collectSql', config: { scope: 'all' } },
  freshnessCheck: { activity: 'measureFreshness', config: { columns: [], reads: 'changed', maxReadSeconds: 300 } },
  metricCapture: { activity: 'measureMetrics', config: {} },
  intelligenceAnalysis: { activity: 'describeTables', config: { scope: 'changed', sampleRows: 100 } },
  jobCleanup: { activity: 'endSessions', config: {} },
  scheduledTick: { activity: 'takeTick', config: {} },
  connectionTest: { activity: 'testConnection', config: {} },
  metricTrial: { activity: 'tryMetric', config: {} },
  bulkOperation: { activity: 'workOperation', config: {} },
  alertDelivery: { activity: 'deliver', config: {} },
  runEventDelivery: { activity: 'sendRunEvents', config: {} },
}

const failing = (activity: string): Behaviour => ({
  before(called) {
    if (called !== activity) return
    throw ApplicationFailure.create({ type: 'permission-denied', message: 'permission denied', nonRetryable: true })
  },
})

/** An operation cancels a job that waits. */
const succeeding = (workflow: keyof typeof workflows): Behaviour => ({
  stored: { toTag: 2, toTrace: 1, changes: 3 },
  operationPages: [{ ended: false, cancelled: ['of-an-operation'], admitted: ['a-job-that-is-gone'] }],
  ...(workflow === 'scheduledTick' && { tickJobs: ['of-a-tick', 'of-the-same-tick'] }),
  ...(workflow === 'bulkOperation' && { admissions: [{ kind: 'waiting', position: 1 }] }),
})

interface Slot {
  opens?: string
}

async function startRun(
  bench: WorkflowBench,
  name: string,
  workflow: keyof typeof workflows,
  slot: Slot,
): Promise<WorkflowHandle> {
  if (workflow === 'scheduledTick') return bench.startTick(name)
  if (workflow === 'alertDelivery') return bench.startDelivery(name)
  if (workflow !== 'bulkOperation') return bench.start(workflow, name, workflows[workflow].config, slot)
  if (name.endsWith('completed')) await bench.start('lineageExtraction', 'of-an-operation')
  return bench.startOperation(name)
}

const hanging = (activity: string, begun: () => void): Behaviour => ({
  async before(called) {
    if (called !== activity) return
    const beat = setInterval(() => Context.current().heartbeat(), 50)
    begun()
    await Context.current().cancelled.finally(() => clearInterval(beat))
  },
})

async function record(
  bench: WorkflowBench,
  name: string,
  workflow: keyof typeof workflows,
  behaviour: Behaviour,
  slot: Slot = {},
) {
  return recordRun(bench, name, workflow, behaviour, async () => undefined, slot)
}

async function recordRun(
  bench: WorkflowBench,
  name: string,
  workflow: keyof typeof workflows,
  behaviour: Behaviour,
  during: (run: { cancel(): Promise<unknown> }) => Promise<unknown>,
  slot: Slot = {},
) {
  const only = process.argv.find((argument) => argument.startsWith('only='))
  if (only !== undefined && only !== `only=${name}`) return
  await bench.withWorkers(fakeActivities(behaviour), async () => {
    const run = await startRun(bench, name, workflow, slot)
    await during(run)
    await run.result().catch((error: unknown) => console.log(`${name}: ${String(error)}`))
    await writeFile(new URL(`${name}.json`, folder), portable(historyToJSON(await run.fetchHistory())))
  })
  console.log(`recorded ${name}`)
}

await mkdir(folder, { recursive: true })
const bench = await createWorkflowBench(await temporalTestServer())
for (const [workflow, { activity }] of Object.entries(workflows)) {
  if (!isWorkflow(workflow)) continue
  await record(bench, `${workflow}-completed`, workflow, succeeding(workflow))
  await record(bench, `${workflow}-failed`, workflow, failing(activity))
  const begun = Promise.withResolvers<void>()
  const hangs =
    workflow === 'scheduledTick'
      ? { ...hanging('sampleValues', begun.resolve), tickJobs: ['hangs'] }
      : hanging(activity, begun.resolve)
  await recordRun(bench, `${workflow}-cancelled`, workflow, hangs, async (run) => {
    await begun.promise
    await run.cancel()
  })
}
await record(bench, 'tagGeneration-waited', 'tagGeneration', {
  admissions: [{ kind: 'waiting', position: 2 }, { kind: 'waiting', position: 1 }, { kind: 'admitted' }],
  admitted: { 'tagGeneration-waited': ['the-next-one'] },
})
await record(bench, 'tagGeneration-opened', 'tagGeneration', { admissions: [{ kind: 'admitted', opened: 'select' }] })
const refusedOnce: NonNullable<Behaviour['before']> = (called, attempt) => {
  if (called !== 'selectTables' || attempt > 1) return
  throw ApplicationFailure.create({ type: 'slot-given-up', message: 'waits for a slot', nonRetryable: true })
}
await record(bench, 'tagGeneration-kept', 'tagGeneration', {}, { opens: 'select' })
await record(
  bench,
  'tagGeneration-given-up',
  'tagGeneration',
  {
    admissions: [
      { kind: 'waiting', position: 1 },
      { kind: 'admitted', opened: 'select' },
    ],
    before: refusedOnce,
  },
  { opens: 'select' },
)
await record(bench, 'tagGeneration-ended-before', 'tagGeneration', { admissions: [{ kind: 'ended' }] })
await record(bench, 'tagGeneration-resumed', 'tagGeneration', {
  admissions: [{ kind: 'admitted', finished: [{ step: 'select', result: { tables: 9 } }] }],
})
await bench.close()

function isWorkflow(name: string): name is keyof typeof workflows {
  return Object.hasOwn(workflows, name)
}

/** Without what only says where it was recorded: folders in stack traces, process and host. */
function portable(history: string): string {
  return history.replaceAll(`${root}/`, '').replaceAll(`${process.pid}@${hostname()}`, 'recorder')
}
