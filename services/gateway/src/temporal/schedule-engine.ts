import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
  type ScheduleSpec,
  type Workflow,
} from '@temporalio/client'
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js'
import { temporalScheduleIdOf, type OverlapPolicy, type TaskQueue } from '@plumbline/workflows'
import type { EngineCall } from './engine-call.ts'

/** A schedule as Temporal is told it: it knows when to tick, and nothing of what a tick starts. */
export interface ScheduleToPut {
  id: string
  spec: { cron: string; timezone: string } | { everyMs: number }
  jitterMs: number
  overlap: OverlapPolicy
  catchUpMs: number
  paused: { note: string } | null
}

/** What Temporal says of one. */
export interface DescribedSchedule {
  paused: boolean
  note: string | undefined
  nextRuns: Date[]
  /** The times of the ticks whose runs are open. */
  running: Date[]
  /** Ticks that wait for the one before to end. */
  buffered: number
}

const overlaps = {
  skip: ScheduleOverlapPolicy.SKIP,
  buffer_one: ScheduleOverlapPolicy.BUFFER_ONE,
  allow_all: ScheduleOverlapPolicy.ALLOW_ALL,
} as const satisfies Record<OverlapPolicy, ScheduleOverlapPolicy>

/** A person waits for it; what did not get through is pushed again. */
const putMs = 2_000

/** Temporal Schedules, as far as the gateway uses them. */
export function createScheduleEngine(client: Client, call: EngineCall) {
  const handleOf = (id: string) => client.schedule.getHandle(temporalScheduleIdOf(id))

  const create = (schedule: ScheduleToPut) =>
    call(() => client.schedule.create({ scheduleId: temporalScheduleIdOf(schedule.id), ...optionsOf(schedule) }), putMs)
  const update = (schedule: ScheduleToPut) => call(() => handleOf(schedule.id).update(() => optionsOf(schedule)), putMs)

  return {
    /** Makes it, or makes it this; a repeated call changes nothing. What it did before stays. */
    async put(schedule: ScheduleToPut): Promise<void> {
      if (await ifThere(update(schedule))) return
      try {
        await create(schedule)
      } catch (error) {
        // Another gateway was first: its form may be older.
        if (!(error instanceof ScheduleAlreadyRunning)) throw error
        await update(schedule)
      }
    },

    /** Harmless where it is gone. What its ticks started goes on. */
    async remove(id: string): Promise<void> {
      await ifThere(call(() => handleOf(id).delete()))
    },

    /** Undefined when Temporal does not know it. */
    async describe(id: string): Promise<DescribedSchedule | undefined> {
      const described = await ifThere(call(() => handleOf(id).describe()))
      return described && describedOf(described.answer)
    },

    /** When it ticks after one moment and up to another, with jitter; Temporal lists a thousand at most. */
    async matchingTimes(id: string, after: Date, upTo: Date): Promise<Date[]> {
      const { startTime } = await call(() =>
        client.workflowService.listScheduleMatchingTimes({
          namespace: client.options.namespace,
          scheduleId: temporalScheduleIdOf(id),
          startTime: msToTs(after.getTime()),
          endTime: msToTs(upTo.getTime()),
        }),
      )
      return (startTime ?? []).map((time) => new Date(tsToMs(time)))
    },
  }
}

type TickAction = ScheduleOptionsStartWorkflowAction<Workflow>
type PutOptions = Pick<ScheduleOptions<TickAction>, 'spec' | 'policies' | 'action'> & {
  state: { paused: boolean; note?: string }
}

function optionsOf(schedule: ScheduleToPut): PutOptions {
  const { spec, jitterMs, paused } = schedule
  return {
    spec: { ...specOf(spec), ...(jitterMs > 0 && { jitter: jitterMs }) },
    policies: { overlap: overlaps[schedule.overlap], catchupWindow: schedule.catchUpMs },
    state: { paused: paused !== null, ...(paused && { note: paused.note }) },
    action: {
      type: 'startWorkflow',
      workflowType: 'scheduledTick',
      workflowId: temporalScheduleIdOf(schedule.id),
      taskQueue: 'workflows' satisfies TaskQueue,
      args: [{ scheduleId: schedule.id }],
    },
  }
}

const specOf = (spec: ScheduleToPut['spec']): ScheduleSpec =>
  'everyMs' in spec
    ? { intervals: [{ every: spec.everyMs }] }
    : { cronExpressions: [spec.cron], timezone: spec.timezone }

/** The id of a tick's run ends with the time that it is for. */
const tickTime = /-(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/

/** Undefined when Temporal does not know the schedule. */
async function ifThere<T>(asked: Promise<T>): Promise<{ answer: T } | undefined> {
  try {
    return { answer: await asked }
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined
    throw error
  }
}

function describedOf({ state, info, raw }: ScheduleDescription): DescribedSchedule {
  return {
    paused: state.paused,
    note: state.note,
    nextRuns: info.nextActionTimes,
    running: info.runningActions.flatMap(({ workflow }) => {
      const [, time] = tickTime.exec(workflow.workflowId) ?? []
      return time === undefined ? [] : [new Date(time)]
    }),
    buffered: Number(raw.info?.bufferSize ?? 0),
  }
}
