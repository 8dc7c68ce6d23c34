import { claimUnsynced, markSynced, releaseUnsynced, type ScheduleRecord, type ScheduleToPush } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import type { ScheduleToPut } from '../temporal/schedule-engine.ts'
import { catchUpMs, timingOf } from './check-schedule.ts'
import { durationMs, nextRuns } from './timing.ts'

type PushDeps = Pick<Deps, 'db' | 'engine' | 'log'>

/** As many as Temporal tells of. */
const keptRuns = 10

/**
 * Tells Temporal the newest form of a schedule, until it has that. The change is in the record already: what does not get
 * through is logged, shows as not synced, and is pushed again by the reconciler.
 */
export async function pushSchedule(deps: PushDeps, id: string): Promise<void> {
  for (;;) {
    const push = await claimUnsynced(deps.db, id)
    if (!push) return
    try {
      await tell(deps, push)
    } catch (error) {
      deps.log.warn({ err: error, scheduleId: id }, 'Temporal could not be told of a schedule; trying again')
      return releaseUnsynced(deps.db, id)
    }
  }
}

async function tell({ db, engine }: PushDeps, push: ScheduleToPush): Promise<void> {
  const { schedule } = push
  if (schedule) await engine.schedules.put(formOf(schedule))
  else await engine.schedules.remove(push.id)
  await markSynced(db, push, schedule ? nextRuns(timingOf(schedule), new Date(), keptRuns) : [])
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
