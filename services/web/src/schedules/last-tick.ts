import type { Schedule } from '@plumbline/api'

type Run = Schedule['lastRuns'][number]
type SkippedTick = Schedule['skipped'][number]

export type LastTick = { kind: 'run'; at: string; run: Run } | { kind: 'skipped'; at: string; tick: SkippedTick }

/** What came of the newest tick: the run it started, or that it was skipped; null before the first. */
export function lastTick({
  lastRuns: [run],
  skipped: [tick],
}: Pick<Schedule, 'lastRuns' | 'skipped'>): LastTick | null {
  if (tick !== undefined && (run === undefined || Date.parse(tick.at) > Date.parse(run.at))) {
    return { kind: 'skipped', at: tick.at, tick }
  }
  return run === undefined ? null : { kind: 'run', at: run.at, run }
}

/** How many of a run's jobs are in each status, those that are listed. */
export function statusCounts<Status extends string>(jobs: readonly { status: Status }[]): [Status, number][] {
  const counts = new Map<Status, number>()
  for (const { status } of jobs) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts]
}
