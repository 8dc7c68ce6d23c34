import { timezoneNamed } from '@plumbline/api'
import type { ScheduleSettings, ScheduleTiming } from '@plumbline/store'
import { durationMs, jobDefinition, type AssetKind, type JobType, type ScheduleTarget } from '@plumbline/workflows'
import { invalidField } from '../http/problem.ts'
import { CronError, nextRuns, parseCron, type Timing } from './timing.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
/** Far beyond any use, and far below what a Date can count with. */
const maxIntervalDays = 366

/**
 * The timing as the parts of a request spell it; exactly one of cron and interval.
 * @throws ProblemError 422 that says what is wrong with which field
 */
export function checkedTiming({
  cron,
  interval,
  timezone,
}: {
  cron?: string | null | undefined
  interval?: string | null | undefined
  timezone: string
}): { timing: Timing; timezone: string } {
  const zone = checkedTimezone(timezone)
  if (cron && interval) throw invalidField('interval', 'a schedule has a cron expression or an interval, not both')
  if (cron) return { timing: { kind: 'cron', cron: checkedCron(cron), timezone: zone }, timezone: zone }
  if (interval) return { timing: { kind: 'interval', everyMs: checkedInterval(interval) }, timezone: zone }
  throw invalidField('cron', 'a schedule needs a cron expression or an interval')
}

function checkedCron(cron: string): string {
  try {
    parseCron(cron)
    return cron.trim()
  } catch (error) {
    if (error instanceof CronError) throw invalidField('cron', error.message)
    throw error
  }
}

function checkedInterval(interval: string): number {
  const everyMs = durationMs(interval)
  if (everyMs === undefined) throw invalidField('interval', 'must be a number with s, m, h or d, as 15m or 1h')
  if (everyMs < minuteMs) throw invalidField('interval', 'must be at least a minute')
  if (everyMs > maxIntervalDays * dayMs) throw invalidField('interval', `must be at most ${maxIntervalDays} days`)
  return everyMs
}

/** In the spelling of Temporal's list of time zones: there upper and lower case differ. */
function checkedTimezone(timezone: string): string {
  const name = timezoneNamed(timezone)
  if (name === undefined)
    throw invalidField('timezone', `there is no time zone "${timezone}"; use an IANA name, as UTC or Europe/Berlin`)
  return name
}

/** Temporal would cut a longer one to the time between two ticks. */
export function checkJitter(jitter: string | null, timing: Timing): void {
  if (jitter === null) return
  const jitterMs = durationMs(jitter) ?? 0
  if (jitterMs > dayMs) throw invalidField('jitter', 'must be at most a day')
  if (timing.kind === 'interval' && jitterMs >= timing.everyMs) {
    throw invalidField('jitter', 'must be less than the interval')
  }
}

/** What the schedule starts its jobs on must be of a kind that the job type runs on. */
export function checkTarget(type: JobType, asset: { kind: AssetKind }, target: ScheduleTarget | null): void {
  const { label, assetKinds } = jobDefinition(type)
  const kind = target?.each ?? asset.kind
  if (!assetKinds.includes(kind)) {
    throw invalidField(
      target ? 'target.each' : 'assetId',
      `${label} runs on ${assetKinds.join(', ')}, not on a ${kind}`,
    )
  }
  const holds = asset.kind === 'database' || (asset.kind === 'schema' && target?.each !== 'schema')
  if (target && !holds) throw invalidField('target.each', `there is no ${target.each} below a ${asset.kind}`)
}

/** The timing of a schedule that is in the record, which was checked when it came. */
export function timingOf({ cron, every, timezone }: ScheduleTiming): Timing {
  if (cron !== null) return { kind: 'cron', cron, timezone }
  return { kind: 'interval', everyMs: durationMs(every ?? '') ?? dayMs }
}

/**
 * How late a tick may still be made good: the shortest time between two of the next ticks, so that after an outage of any length
 * at most the newest is, and never less than a minute.
 */
export function catchUpMs(settings: Pick<ScheduleSettings, 'cron' | 'every' | 'timezone'>): number {
  const timing = timingOf({ ...settings, jitter: null })
  if (timing.kind === 'interval') return Math.max(minuteMs, timing.everyMs)
  const runs = nextRuns(timing, new Date(), lookedAhead).map((run) => run.getTime())
  const gaps = runs.slice(1).map((run, index) => run - (runs[index] ?? run))
  return gaps.length === 0 ? dayMs : Math.max(minuteMs, Math.min(...gaps))
}

/** A week of a tick every day and a bit. */
const lookedAhead = 10
