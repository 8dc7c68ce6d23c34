const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** `340 ms`, `4.2 s`, `3 m 07 s`, `2 h 05 m`, `3 d 4 h`: two units at most, in a width that does not jump while it ticks. */
export function durationText(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs))
  if (ms < second) return `${ms} ms`
  if (ms < minute) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`
  if (ms < hour) return `${Math.floor(ms / minute)} m ${padded((ms % minute) / second)} s`
  if (ms < day) return `${Math.floor(ms / hour)} h ${padded((ms % hour) / minute)} m`
  return `${Math.floor(ms / day)} d ${Math.floor((ms % day) / hour)} h`
}

/** The same while it is still growing: whole seconds, because the clock ticks in them. */
export function tickingText(durationMs: number): string {
  return durationMs < minute ? `${Math.max(0, Math.floor(durationMs / second))} s` : durationText(durationMs)
}

const padded = (value: number): string => String(Math.floor(value)).padStart(2, '0')

/** How long a job has run until `nowMs`, or ran; null before it began. */
export function elapsedMs(
  job: { startedAt: string | null; endedAt: string | null; durationMs: number | null },
  nowMs: number,
): number | null {
  if (job.durationMs !== null) return job.durationMs
  if (job.startedAt === null) return null
  const end = job.endedAt === null ? nowMs : Date.parse(job.endedAt)
  return Math.max(0, end - Date.parse(job.startedAt))
}
