import { recordSkippedTicks, unrecordedTicks, type ScheduleToCheck } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import type { DescribedSchedule } from '../temporal/schedule-engine.ts'

/**
 * Temporal drops a tick without a word. So the ticks that there should have been, up to a moment, are listed, and those that
 * the record has not are noted as skipped. A tick whose run is open but has not reached the record, because no worker took it up
 * yet, is still to come; so is one that Temporal keeps until the one before has ended.
 */
export async function noteSkippedTicks(
  { db, engine }: Pick<Deps, 'db' | 'engine'>,
  { schedule, checkedTo }: ScheduleToCheck,
  described: DescribedSchedule,
  upTo: Date,
): Promise<void> {
  if (described.buffered > 0) return
  const open = await unrecordedTicks(db, schedule.id, described.running)
  const limit = Math.min(upTo.getTime(), ...open.map((at) => at.getTime() - 1))
  if (limit <= checkedTo.getTime()) return
  const times = await engine.schedules.matchingTimes(schedule.id, checkedTo, new Date(limit))
  if (times.length > 0) await recordSkippedTicks(db, schedule, { after: checkedTo, times })
}
