import { durationMs } from '@plumbline/workflows'
import cronstrue from 'cronstrue'
import type { Timing } from './timing.ts'

const units = { s: 'second', m: 'minute', h: 'hour', d: 'day' } as const

/** When a schedule ticks, in words: `At 02:30, Monday through Friday (Europe/Berlin)`, `Every 15 minutes`. */
export function describeTiming(timing: Timing): string {
  if (timing.kind === 'interval') return `Every ${spelledInterval(timing.everyMs)}`
  const words = cronstrue.toString(timing.cron, { use24HourTimeFormat: true, logicalAndDayFields: true })
  return `${words} (${timing.timezone})`
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
