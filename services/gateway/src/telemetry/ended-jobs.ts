import { jobEventRange, justEnded, type Database } from '@plumbline/store'
import { Histogram, type Registry } from 'prom-client'

const seconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400]
/** Ids of so many jobs that ended last are remembered, so that a later change of one counts it no second time. */
const remembered = 50_000

/**
 * How long jobs took and waited, of those that ended since this gateway was first asked. Each gateway sees all of them: of several, one
 * is looked at, not their sum.
 */
export function endedJobs(db: Database, registry: Registry): () => Promise<void> {
  const duration = new Histogram({
    name: 'plumbline_job_duration_seconds',
    help: 'From started to ended, of jobs that ended, by type and status',
    labelNames: ['type', 'status'],
    buckets: seconds,
    registers: [registry],
  })
  const queued = new Histogram({
    name: 'plumbline_job_queue_seconds',
    help: 'From created to started, of jobs that ended, by type',
    labelNames: ['type'],
    buckets: seconds,
    registers: [registry],
  })
  const counted = new Set<string>()
  let position: number | undefined

  return async () => {
    position ??= (await jobEventRange(db)).newest
    const { last, jobs } = await justEnded(db, position)
    position = last
    for (const { id, type, status, durationMs, queuedMs } of jobs) {
      if (counted.has(id)) continue
      counted.add(id)
      if (durationMs !== null) duration.observe({ type, status }, durationMs / 1_000)
      if (queuedMs !== null) queued.observe({ type }, queuedMs / 1_000)
    }
    for (const id of counted) {
      if (counted.size <= remembered) break
      counted.delete(id)
    }
  }
}
