import { defineSearchAttributeKey, SearchAttributeType, WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import {
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  sleep,
  startChild,
  WorkflowIdReusePolicy,
  workflowInfo,
  type ChildWorkflowHandle,
  type Workflow,
} from '@temporalio/workflow'
import { scheduling } from '../proxies.ts'
import { workflowIdOf } from '../workflow-id.ts'
import type { TickRef, TickStart } from '../ports.ts'
import type { JobInput } from '../run-job.ts'

/** What Temporal starts at each tick of a schedule. */
export interface ScheduledTickInput {
  scheduleId: string
}

export interface ScheduledTickResult {
  jobs: number
}

/**
 * A tick: its jobs are written to the record and started as workflows of their own, which outlive it. It stays open until they
 * have ended, because by that Temporal's overlap policies see whether the tick before is still active.
 */
export async function scheduledTick({ scheduleId }: ScheduledTickInput): Promise<ScheduledTickResult> {
  const tick = { scheduleId, at: tickTime() }
  const start = await scheduling.takeTick(tick)
  if (start.jobIds.length === 0) return { jobs: 0 }
  await Promise.all(await startAll(start))
  await untilEnded(tick)
  return { jobs: start.jobIds.length }
}

const scheduledStartTime = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME)

/** The time that the tick is for, without jitter. A run that was started by hand is for the time it was started at. */
function tickTime(): string {
  const { typedSearchAttributes, startTime } = workflowInfo()
  return (typedSearchAttributes.get(scheduledStartTime) ?? startTime).toISOString()
}

/** Starts under way at once: each is a handful of events, a thousand at once would make one huge workflow task. */
const startsAtOnce = 20

/** @returns what each started job's end is seen by */
async function startAll({ workflow, config, jobIds }: TickStart): Promise<Promise<void>[]> {
  const left = jobIds[Symbol.iterator]()
  const ends: Promise<void>[] = []
  const startEach = async () => {
    for (const jobId of left) {
      const run = await startOnce(workflow, { jobId, config })
      if (run) ends.push(endOf(run))
    }
  }
  await Promise.all(Array.from({ length: startsAtOnce }, startEach))
  return ends
}

/** Undefined where the gateway started it already: it takes up what is pending for some seconds. */
async function startOnce(workflow: string, input: JobInput): Promise<ChildWorkflowHandle<Workflow> | undefined> {
  try {
    return await startChild(workflow, {
      workflowId: workflowIdOf(input.jobId),
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      // A tick that is cancelled leaves its jobs alone: each has its own cancel.
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      args: [input],
    })
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined
    throw error
  }
}

/** How a job ends is its own story, and in the record: a failed one is as ended as another. */
async function endOf(run: ChildWorkflowHandle<Workflow>): Promise<void> {
  await run.result().then(
    () => undefined,
    () => undefined,
  )
}

/** Jobs that somebody else started, or that go on in another run, are asked for in the record. */
async function untilEnded(tick: TickRef): Promise<void> {
  for (let waitMs = 5_000; ; waitMs = Math.min(waitMs * 2, 300_000)) {
    const { active } = await scheduling.countActiveJobs(tick)
    if (active === 0) return
    await sleep(waitMs)
  }
}
