import { Cron } from 'croner'
import { wallClockOf, type WallClock } from '@plumbline/analysis'

/** When a schedule ticks. */
export type Timing = { kind: 'cron'; cron: string; timezone: string } | { kind: 'interval'; everyMs: number }

/** The next ticks after a moment, soonest first; fewer only where none follows before the year 2100. */
export function nextRuns(timing: Timing, after: Date, count: number): Date[] {
  const next = timing.kind === 'cron' ? cronTicks(timing.cron, timing.timezone) : intervalTicks(timing.everyMs)
  const runs: Date[] = []
  for (let at = next(after); at && runs.length < count; at = next(at)) runs.push(at)
  return runs
}

/** As Temporal counts: from the beginning of 1970, not from when the schedule was made. */
const intervalTicks = (everyMs: number) => (after: Date) =>
  new Date((Math.floor(after.getTime() / everyMs) + 1) * everyMs)

const hourMs = 3_600_000
const hourOf = (wall: number) => Math.floor(wall / hourMs) * hourMs

/**
 * The ticks of a cron expression exactly as Temporal has them, also where clocks change: an hour that is left out has no tick;
 * of a doubled hour Temporal's own rule is followed (`calendar.go`: a fixed time ticks once east of Greenwich, twice west of
 * it). The expression is matched on the wall clock, which has no gaps; only then is the moment looked up.
 */
function cronTicks(expression: string, timezone: string): (after: Date) => Date | undefined {
  const cron = parseCron(expression)
  const zone = wallClockOf(timezone)
  return (after) => nextTick(cron, zone, after.getTime())
}

function nextTick(cron: Cron, zone: WallClock, after: number): Date | undefined {
  let wall = zone.wallOf(after)
  let hour = hourOf(wall)
  let repeatMs = hourOf(zone.wallOf(after - hourMs)) === hour ? hourMs : 0
  for (;;) {
    const found = cron.nextRun(new Date(wall))?.getTime()
    if (found === undefined) return undefined
    if (hourOf(found) !== hour) {
      if (repeatMs === 0 && zone.momentOf(hour + hourMs) - zone.momentOf(hour) > hourMs) {
        // The hour comes a second time before the next: it is gone through again.
        repeatMs = hourMs
        wall = hour - 1_000
        continue
      }
      repeatMs = 0
      hour = hourOf(found)
    }
    const moment = zone.momentOf(found)
    if (hourOf(zone.wallOf(moment)) === hour) return new Date(moment + repeatMs)
    wall = hour + hourMs - 1_000
    hour += hourMs
  }
}

const shorthands = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'])
const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const days = 'sun|mon|tue|wed|thu|fri|sat'
/** What both Temporal and the parser read in the same way; the parser checks ranges. */
const fields = [
  { name: 'minute', characters: /^[\d*,/-]+$/ },
  { name: 'hour', characters: /^[\d*,/-]+$/ },
  { name: 'day of month', characters: /^[\d*,/-]+$/ },
  { name: 'month', characters: new RegExp(`^([\\d*,/-]|${months})+$`, 'i') },
  { name: 'day of week', characters: new RegExp(`^([\\d*,/-]|${days})+$`, 'i') },
]

/** A wrong expression, in words for whoever typed it. */
export class CronError extends Error {
  override readonly name = 'CronError'
}

/** @throws CronError */
export function parseCron(expression: string): Cron {
  const text = expression.trim()
  if (text.startsWith('@')) {
    if (!shorthands.has(text)) throw new CronError(`there is no ${text}; use ${[...shorthands].join(', ')}`)
  } else checkFields(text.split(/\s+/))
  const cron = parsed(text)
  if (!cron.nextRun()) throw new CronError('never comes: no date is like this')
  return cron
}

function checkFields(parts: string[]): void {
  if (/^(CRON_)?TZ=/i.test(parts[0] ?? ''))
    throw new CronError(`takes no time zone: leave ${parts[0]} out and give it as timezone`)
  if (parts.length === fields.length + 1)
    throw new CronError(
      'has six fields: leave the seconds out, as 30 2 * * 1-5 (minute, hour, day, month, day of week)',
    )
  if (parts.length !== fields.length) {
    throw new CronError(
      `needs five fields (minute, hour, day of month, month, day of week), as 30 2 * * 1-5; it has ${parts.length}`,
    )
  }
  for (const [index, { name, characters }] of fields.entries()) {
    const part = parts[index] ?? ''
    if (!characters.test(part)) throw new CronError(`the ${name} "${part}" is not understood: use numbers and * , - /`)
    if (part !== '*' && part.split(',').includes('*')) throw new CronError(`the ${name} "${part}" is any: write *`)
  }
}

function parsed(text: string): Cron {
  try {
    return new Cron(text, { timezone: 'UTC', mode: '5-part', domAndDow: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CronError(reason.replace(/^CronPattern: /, '').replace(/^Syntax error, /, ''), { cause: error })
  }
}
