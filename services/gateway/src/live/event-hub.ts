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

/** Read at once; a burst is worked off in several rounds. */
const batch = 500
/**
 * Ids are taken before the commit, so a smaller one may appear after a larger. A missing id is waited for this long; one that
 * never comes belongs to a transaction that was rolled back.
 */
const gapMs = 2_000
const gapPollMs = 25
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
  /** Events up to here were given to every subscriber. */
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
  let position = (await jobEventRange(db)).newest
  let gapSince: number | undefined
  let gapTimer: NodeJS.Timeout | undefined
  let wanted = false
  let pumping: Promise<void> | undefined
  let closed = false

  const wake = () => {
    if (closed) return
    wanted = true
    pumping ??= pump().finally(() => {
      pumping = undefined
      if (wanted) wake()
    })
  }

  async function pump(): Promise<void> {
    wanted = false
    try {
      let rows: JobEventRow[]
      do {
        rows = withoutGap(await readJobEvents(db, { after: position, limit: batch }))
        await deliver(rows)
      } while (rows.length === batch)
    } catch (error) {
      log.warn({ err: error }, 'job events could not be read; trying again')
    }
  }

  /** The rows up to the first missing id, or all when it was missing for too long. */
  function withoutGap(rows: JobEventRow[]): JobEventRow[] {
    const end = rows.findIndex((row, at) => row.id !== position + at + 1)
    if (end === -1) {
      gapSince = undefined
      return rows
    }
    const first = rows[end]
    gapSince = end > 0 ? Date.now() : (gapSince ?? Date.now())
    if (end === 0 && first && Date.now() - gapSince >= gapMs) {
      gapSince = undefined
      position = first.id - 1
      return withoutGap(rows)
    }
    clearTimeout(gapTimer)
    gapTimer = setTimeout(wake, gapPollMs)
    return rows.slice(0, end)
  }

  async function deliver(rows: JobEventRow[]): Promise<void> {
    const last = rows.at(-1)
    if (!last) return
    const groups = Map.groupBy(subscriptions, (s) => JSON.stringify([s.organizationId, s.filter]))
    for (const group of groups.values()) {
      const [first] = group
      if (!first) continue
      const frames = await framesOf(first, rows)
      if (frames.length > 0) for (const subscription of group) subscription.push(frames)
    }
    position = last.id
  }

  async function framesOf(
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

  const listener = listenForJobEvents(databaseUrl, wake)
  const timer = setInterval(wake, idlePollMs)

  return {
    position: () => position,
    subscribe(subscription) {
      subscriptions.add(subscription)
      return () => subscriptions.delete(subscription)
    },
    async *replay(subscription, after, upTo) {
      for (let from = after; ;) {
        const rows = await readJobEvents(db, {
          after: from,
          upTo,
          organizationId: subscription.organizationId,
          limit: batch,
        })
        const last = rows.at(-1)
        if (!last) return
        yield await framesOf(subscription, rows)
        from = last.id
      }
    },
    oldest: async () => (await jobEventRange(db)).oldest,
    async close() {
      closed = true
      clearInterval(timer)
      clearTimeout(gapTimer)
      await listener.close()
      await pumping
    },
  }
}
