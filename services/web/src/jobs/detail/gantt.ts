import type { JobStep } from '@plumbline/api'

/** One step as a bar: where it begins and how long it is, in percent of the whole. */
export interface GanttBar {
  name: string
  offsetPercent: number
  widthPercent: number
  /** Null for a step that never began. */
  durationMs: number | null
}

export interface Gantt {
  bars: GanttBar[]
  totalMs: number
}

/** A step too short to see is still drawn this wide. */
const thinnestPercent = 0.8

/**
 * Lays the steps of a job out over the time it ran. While it runs the right edge is now, so the bars shrink as it goes on.
 * @param job times in RFC 3339; `nowMs` counts only while it has not ended
 */
export function ganttOf(
  job: { startedAt: string | null; endedAt: string | null; steps: readonly JobStep[] },
  nowMs: number,
): Gantt {
  const beginMs = earliest([job.startedAt, ...job.steps.map((step) => step.startedAt)])
  if (beginMs === null) return { bars: job.steps.map(({ name }) => notBegun(name)), totalMs: 0 }
  const endMs = Math.max(beginMs, job.endedAt === null ? nowMs : Date.parse(job.endedAt))
  const totalMs = endMs - beginMs
  const bars = job.steps.map((step) => {
    if (step.startedAt === null) return notBegun(step.name)
    const stepBeginMs = Math.max(beginMs, Date.parse(step.startedAt))
    const stepEndMs = step.endedAt === null ? endMs : Math.min(endMs, Date.parse(step.endedAt))
    return barOf(step.name, stepBeginMs - beginMs, Math.max(0, stepEndMs - stepBeginMs), totalMs)
  })
  return { bars, totalMs }
}

function barOf(name: string, offsetMs: number, durationMs: number, totalMs: number): GanttBar {
  const share = (ms: number): number => (totalMs === 0 ? 0 : (ms / totalMs) * 100)
  const widthPercent = Math.min(100, Math.max(thinnestPercent, share(durationMs)))
  return { name, offsetPercent: Math.min(share(offsetMs), 100 - widthPercent), widthPercent, durationMs }
}

const notBegun = (name: string): GanttBar => ({ name, offsetPercent: 0, widthPercent: 0, durationMs: null })

function earliest(times: (string | null)[]): number | null {
  const known = times.filter((time) => time !== null).map((time) => Date.parse(time))
  return known.length === 0 ? null : Math.min(...known)
}
