import type { Schedule } from '@plumbline/api'
import type { ScheduleHistory, ScheduleRecord } from '@plumbline/store'
import { skipReasonTexts } from '@plumbline/workflows'
import { assetRef } from '../assets/asset-view.ts'
import { timingOf } from './check-schedule.ts'
import { describeTiming } from './describe-timing.ts'
import { nextRuns } from './timing.ts'

const shownRuns = 5

/** A schedule as the list and its own page show it. */
export function scheduleView(
  schedule: ScheduleRecord,
  history: ScheduleHistory | undefined,
  now = new Date(),
): Schedule {
  return {
    id: schedule.id,
    name: schedule.name,
    type: schedule.type,
    assetId: schedule.assetId,
    asset: assetRef(schedule.asset),
    target: schedule.target,
    config: schedule.config,
    cron: schedule.cron,
    interval: schedule.every,
    timezone: schedule.timezone,
    overlap: schedule.overlap,
    jitter: schedule.jitter,
    description: describeTiming(timingOf(schedule)),
    paused: schedule.paused !== null,
    pausedBy: schedule.paused?.by ?? null,
    pauseReason: schedule.paused?.reason ?? null,
    nextRuns: upcoming(schedule, now).map((run) => run.toISOString()),
    lastRuns: (history?.runs ?? []).map(({ at, kind, jobs, jobCount, message }) => ({
      at: at.toISOString(),
      trigger: kind,
      jobs,
      jobCount,
      message,
    })),
    skipped: (history?.skipped ?? []).map(({ at, reason, blockingJobId }) => ({
      at: at.toISOString(),
      reason,
      message: skipReasonTexts[reason],
      jobId: blockingJobId,
    })),
    synced: schedule.synced,
    createdBy: schedule.createdBy,
    createdAt: schedule.createdAt.toISOString(),
    updatedAt: schedule.updatedAt.toISOString(),
  }
}

/** As Temporal said, where it is known and not all of it has passed; else as it will say. */
export function upcoming(schedule: ScheduleRecord, now: Date): Date[] {
  if (schedule.paused) return []
  const told = schedule.synced ? schedule.nextRuns.filter((run) => run > now) : []
  return told.length > 0 ? told.slice(0, shownRuns) : nextRuns(timingOf(schedule), now, shownRuns)
}
