import {
  claimSchedules,
  followPause,
  listUnsynced,
  markUnsynced,
  noteNextRuns,
  removeSchedulesOfGoneAssets,
  type ScheduleToCheck,
} from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { repeat, type Repeating } from '../repeat.ts'
import { EngineUnreachable } from '../temporal/engine-call.ts'
import { noteSkippedTicks } from './note-skipped-ticks.ts'
import { pushSchedule } from './push-schedule.ts'

type ReconcileDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** Between two rounds: how soon Temporal is told of what did not get through. */
const roundMs = 2_000
/** Every schedule is compared with Temporal this often. */
const everyMs = 30_000
/** A tick that is not in the record after this long has started nothing. */
const graceMs = 15_000
/** Taken at once; more wait for the next round. */
const batch = 50
/** Calls to Temporal under way at once. */
const concurrency = 4

/** Looks after schedules for as long as the gateway runs; several gateways share the work. */
export function startScheduleReconciler(deps: ReconcileDeps): Repeating {
  return repeat(
    roundMs,
    () => reconcileSchedules(deps),
    (error) => deps.log.warn({ err: error }, 'could not look after schedules; trying again'),
  )
}

async function reconcileSchedules(deps: ReconcileDeps): Promise<void> {
  const removed = await removeSchedulesOfGoneAssets(deps.db)
  if (removed > 0) deps.log.info({ removed }, 'removed schedules whose asset is gone')
  for (const id of await listUnsynced(deps.db, batch)) {
    // Without Temporal the rest waits for the next round.
    if (!(await pushSchedule(deps, id))) return
  }
  const left = (await claimSchedules(deps.db, { everyMs, dueMs: graceMs }, batch))[Symbol.iterator]()
  await Promise.all(Array.from({ length: concurrency }, () => checkEach(deps, left)))
}

async function checkEach(deps: ReconcileDeps, left: Iterator<ScheduleToCheck>): Promise<void> {
  for (let next = left.next(); !next.done; next = left.next()) {
    try {
      await checkSchedule(deps, next.value)
    } catch (error) {
      if (error instanceof EngineUnreachable) return
      deps.log.warn({ err: error, scheduleId: next.value.schedule.id }, 'could not compare a schedule with Temporal')
    }
  }
}

/**
 * Brings a schedule of the record and Temporal's together: one that Temporal does not know any more is made again, a pause from
 * Temporal's own UI is taken over, and the ticks that started nothing are noted.
 */
async function checkSchedule(deps: ReconcileDeps, { schedule, checkedTo }: ScheduleToCheck): Promise<void> {
  const described = await deps.engine.schedules.describe(schedule.id)
  if (!described) {
    deps.log.warn({ scheduleId: schedule.id }, 'Temporal does not know a schedule any more: it is made again')
    await markUnsynced(deps.db, schedule)
    await pushSchedule(deps, schedule.id)
    return
  }
  if (described.paused !== (schedule.paused !== null)) {
    return followPause(deps.db, schedule, { paused: described.paused, note: described.note })
  }
  await noteNextRuns(deps.db, schedule, described.paused ? [] : described.nextRuns)
  if (described.paused) return
  await noteSkippedTicks(deps, { schedule, checkedTo }, described, new Date(Date.now() - graceMs))
}
