import type { Job } from '@plumbline/api'
import {
  jobEventRange,
  listenForJobEvents,
  matchingJobs,
  readJobEvents,
  type Database,
  type JobEventRow,
  type JobFilter,
  type JobRow,
} from '@plumbline/store'
import type { FastifyBaseLogger } from 'fastify'
import { batch, EventReader } from './event-reader.ts'

/** Behind the notifications, in case one is lost. */
const idlePollMs = 2_000

export interface JobFrame {
  id: number
  job: Job
}

export interface Subscription {
  organizationId: string
  filter: JobFilter
  /** Called in the order of the ids. */
  push(frames: readonly JobFrame[]): void
}

export interface EventHub {
  /** Events up to here are not given to a subscriber that comes now: they were, or are being, given to those before. */
  position(): number
  subscribe(subscription: Subscription): () => void
  /** Events that were before; for a stream that resumes. Both ends: exclusive, inclusive. */
  replay(subscription: Omit<Subscription, 'push'>, after: number, upTo: number): AsyncIterable<JobFrame[]>
  /** The oldest event that can be resumed from. */
  oldest(): Promise<number>
  close(): Promise<void>
}

export interface HubOptions {
  db: Database
  databaseUrl: string
  view: (row: JobRow) => Job
  log: FastifyBaseLogger
}

/** Reads the outbox once for all streams of this process; streams with the same filter share one query. */
export async function createEventHub({ db, databaseUrl, view, log }: HubOptions): Promise<EventHub> {
  const subscriptions = new Set<Subscription>()

  async function deliver(rows: readonly JobEventRow[]): Promise<void> {
    const groups = Map.groupBy(subscriptions, (s) => JSON.stringify([s.organizationId, s.filter]))
    for (const group of groups.values()) {
      const [first] = group
      if (!first) continue
      const frames = await framesOf(db, view, first, rows)
      if (frames.length > 0) for (const subscription of group) subscription.push(frames)
    }
  }

  const reader = new EventReader({ db, from: (await jobEventRange(db)).newest, deliver, log })
  const listener = listenForJobEvents(databaseUrl, () => reader.wake())
  const timer = setInterval(() => reader.wake(), idlePollMs)

  return {
    position: () => reader.position,
    subscribe(subscription) {
      subscriptions.add(subscription)
      return () => subscriptions.delete(subscription)
    },
    async *replay(subscription, after, upTo) {
      const { organizationId } = subscription
      for (let from = after; ;) {
        const rows = await readJobEvents(db, { after: from, upTo, organizationId, limit: batch })
        const last = rows.at(-1)
        if (!last) return
        yield await framesOf(db, view, subscription, rows)
        from = last.id
      }
    },
    oldest: async () => (await jobEventRange(db)).oldest,
    async close() {
      clearInterval(timer)
      await listener.close()
      await reader.close()
    },
  }
}

/** The jobs behind events as they are now, as far as the filter lets them through. */
async function framesOf(
  db: Database,
  view: HubOptions['view'],
  { organizationId, filter }: Omit<Subscription, 'push'>,
  rows: readonly JobEventRow[],
): Promise<JobFrame[]> {
  const mine = rows.filter((row) => row.organization_id === organizationId)
  if (mine.length === 0) return []
  const jobs = await matchingJobs(db, organizationId, filter, [...new Set(mine.map((row) => row.job_id))])
  const views = new Map(jobs.map((row) => [row.id, view(row)]))
  return mine.flatMap((row) => {
    const job = views.get(row.job_id)
    return job ? [{ id: row.id, job }] : []
  })
}
