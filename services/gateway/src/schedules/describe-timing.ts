import { durationMs } from '@plumbline/workflows'
import cronstrue from 'cronstrue'
import type { Timing } from './timing.ts'

const units = { s: 'second', m: 'minute', h: 'hour', d: 'day' } as const

/** When a schedule ticks, in words: `At 02:30, Monday through Friday (Europe/Berlin)`, `Every 15 minutes`. */
export function describeTiming(timing: Timing): string {
  if (timing.kind === 'interval') return `Every ${spelledInterval(timing.everyMs)}`
  return `${wordsOf(timing.cron)} (${timing.timezone})`
}

/** The few expressions that Temporal reads and that there are no words for (`MON-07`) stand for themselves. */
function wordsOf(cron: string): string {
  try {
    return cronstrue.toString(cron, { use24HourTimeFormat: true, logicalAndDayFields: true })
  } catch {
    return `By the cron expression ${cron}`
  }
}

/** In the largest unit that it is a whole number of. */
function spelledInterval(everyMs: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const unitMs = durationMs(`1${unit}`) ?? 1
    if (everyMs % unitMs !== 0) continue
    const count = everyMs / unitMs
    return count === 1 ? units[unit] : `${count} ${units[unit]}s`
  }
  return `${everyMs} milliseconds`
}
