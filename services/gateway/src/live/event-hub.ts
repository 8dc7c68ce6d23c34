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

/** What a stream follows. */
export interface Followed {
  organizationId: string
  filter: JobFilter
}

export interface Subscription extends Followed {
  /** Called with events as they are sent, in the order of their ids; other streams are given the same bytes. */
  push(events: Buffer): void
}

export interface EventHub {
  /** Events up to here are not given to a subscriber that comes now: they were, or are being, given to those before. */
  position(): number
  subscribe(subscription: Subscription): () => void
  /** Events that were before, in parts; for a stream that resumes. Both ends: exclusive, inclusive. */
  replay(followed: Followed, after: number, upTo: number): AsyncIterable<Buffer>
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

/**
 * Reads the outbox once for all streams of this process. The jobs of a batch are read once an organization, with a mark for each
 * filter that is followed, and written out once a filter: what a stream more costs is the writing to its socket.
 */
export async function createEventHub({ db, databaseUrl, view, log }: HubOptions): Promise<EventHub> {
  const subscriptions = new Set<Subscription>()

  async function deliver(rows: readonly JobEventRow[]): Promise<void> {
    // Grouped before anything is awaited: who subscribes from now on has these events from a replay.
    const organizations = Map.groupBy(subscriptions, ({ organizationId }) => organizationId)
    for (const [organizationId, members] of organizations) {
      const groups = [...Map.groupBy(members, ({ filter }) => JSON.stringify(filter)).values()]
      const filters = groups.flatMap(([first]) => (first ? [first.filter] : []))
      const events = await eventsOf({ db, view }, organizationId, filters, rows)
      for (const [at, group] of groups.entries()) {
        const bytes = events[at]
        if (bytes && bytes.length > 0) for (const subscription of group) subscription.push(bytes)
      }
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
    async *replay({ organizationId, filter }, after, upTo) {
      for (let from = after; ;) {
        const rows = await readJobEvents(db, { after: from, upTo, organizationId, limit: batch })
        const last = rows.at(-1)
        if (!last) return
        yield* await eventsOf({ db, view }, organizationId, [filter], rows)
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

/** The events as each filter lets them through, ready to be sent: their jobs as they are now. */
async function eventsOf(
  { db, view }: Pick<HubOptions, 'db' | 'view'>,
  organizationId: string,
  filters: readonly JobFilter[],
  rows: readonly JobEventRow[],
): Promise<Buffer[]> {
  const mine = rows.filter((row) => row.organization_id === organizationId)
  if (mine.length === 0) return []
  const jobs = await matchingJobs(db, organizationId, filters, [...new Set(mine.map((row) => row.job_id))])
  const known = new Map(jobs.map(({ matches, ...row }) => [row.id, { matches, data: JSON.stringify(view(row)) }]))
  return filters.map((_, at) => {
    const texts = mine.flatMap(({ id, job_id: jobId }) => {
      const job = known.get(jobId)
      return job?.matches[at] ? [`id: ${id}\nevent: job\ndata: ${job.data}\n\n`] : []
    })
    return Buffer.from(texts.join(''))
  })
}
