import { claimUnsynced, markSynced, releaseUnsynced, type ScheduleRecord, type ScheduleToPush } from '@plumbline/store'
import { durationMs } from '@plumbline/workflows'
import type { Deps } from '../deps.ts'
import { deliver } from '../temporal/deliver.ts'
import type { ScheduleToPut } from '../temporal/schedule-engine.ts'
import { catchUpMs, timingOf } from './check-schedule.ts'
import { noteSkippedTicks } from './note-skipped-ticks.ts'
import { nextRuns } from './timing.ts'

type PushDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** As many as Temporal tells of. */
const keptRuns = 10

/**
 * Tells Temporal the newest form of a schedule, until it has that. The change is in the record already: what does not get
 * through is logged, shows as not synced, and is pushed again by the reconciler; what Temporal refuses is left alone for as
 * long as it is claimed, so that it keeps no other waiting.
 * @returns false while Temporal is away: others need not be tried
 */
export async function pushSchedule(deps: PushDeps, id: string): Promise<boolean> {
  for (;;) {
    const push = await claimUnsynced(deps.db, id)
    if (!push) return true
    const told = await deliver(
      deps.log,
      { scheduleId: id },
      'Temporal could not be told of a schedule; trying again',
      () => tell(deps, push),
    )
    if (told.kind === 'refused') return true
    if (told.kind === 'unreachable') {
      await releaseUnsynced(deps.db, id)
      return false
    }
  }
}

async function tell(deps: PushDeps, push: ScheduleToPush): Promise<void> {
  const { schedule } = push
  if (!schedule) {
    await deps.engine.schedules.remove(push.id)
    return markSynced(deps.db, push, { nextRuns: [], checkedTo: undefined })
  }
  const checkedTo = await checkFormBefore(deps, push, schedule)
  await deps.engine.schedules.put(formOf(schedule))
  const runs = schedule.paused ? [] : nextRuns(timingOf(schedule), new Date(), keptRuns)
  await markSynced(deps.db, push, { nextRuns: runs, checkedTo })
}

/** The last look at the ticks of the form that Temporal has: once it has another, nobody can tell any more when it ticked. */
async function checkFormBefore(
  deps: PushDeps,
  { known, checkedTo }: ScheduleToPush,
  schedule: ScheduleRecord,
): Promise<Date | undefined> {
  const before = known ? await deps.engine.schedules.describe(schedule.id) : undefined
  if (!before || before.paused) return undefined
  const upTo = schedule.paused?.at ?? new Date()
  await noteSkippedTicks(deps, { schedule, checkedTo }, before, upTo)
  return upTo
}

function formOf(schedule: ScheduleRecord): ScheduleToPut {
  const timing = timingOf(schedule)
  return {
    id: schedule.id,
    spec: timing,
    jitterMs: durationMs(schedule.jitter ?? '') ?? 0,
    overlap: schedule.overlap,
    catchUpMs: catchUpMs(schedule),
    paused: schedule.paused && { note: pauseNote(schedule.paused) },
  }
}

const pauseNote = ({ by, reason }: { by: string; reason: string | null }): string =>
  `Paused by ${by}${reason === null ? '' : `: ${reason}`}`
