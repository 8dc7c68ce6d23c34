import { followEvents, type StreamEvent, type StreamState } from '../api/event-stream.ts'
import { waitFor } from './wait-for.ts'
import type { Job } from '@plumbline/api'

export interface LiveFeed {
  state: () => StreamState
  onState: (listener: () => void) => () => void
  /** The jobs that changed, each in its newest state, in batches of a few a second. */
  onJobs: (listener: (jobs: ReadonlyMap<string, Job>) => void) => () => void
  /** Events may have been missed: whatever was read before is to be read again. */
  onGap: (listener: () => void) => () => void
  /** Follows until the returned function is called; a later start resumes behind the last event. */
  start: () => () => void
}

export interface LiveFeedDeps {
  open: (lastEventId: string | null, signal: AbortSignal) => Promise<Response>
  /** How long events are collected before the page redraws. */
  batchMs?: number
}

/** The one stream of a page: everything that is live on it listens here, because a browser grants few connections. */
export function createLiveFeed({ open, batchMs = 200 }: LiveFeedDeps): LiveFeed {
  let state: StreamState = 'connecting'
  let lastEventId: string | null = null
  let batch = new Map<string, Job>()
  const listeners = {
    state: listenerSet<void>(),
    jobs: listenerSet<ReadonlyMap<string, Job>>(),
    gap: listenerSet<void>(),
  }

  const flush = (): void => {
    const jobs = batch
    batch = new Map()
    if (jobs.size > 0) listeners.jobs.tell(jobs)
  }
  const take = (event: StreamEvent): void => {
    lastEventId = event.name === 'reset' ? null : (event.id ?? lastEventId)
    if (event.name === 'reset') listeners.gap.tell()
    if (event.name !== 'job') return
    const job: Job = JSON.parse(event.data)
    if (batch.size === 0) setTimeout(flush, batchMs)
    batch.set(job.id, job)
  }

  return {
    state: () => state,
    onState: listeners.state.add,
    onJobs: listeners.jobs.add,
    onGap: listeners.gap.add,
    start() {
      const stop = new AbortController()
      const onState = (next: StreamState, resumed: boolean): void => {
        state = next
        listeners.state.tell()
        if (next === 'live' && !resumed) listeners.gap.tell()
      }
      void followEvents({ open, onEvent: take, onState, wait: waitFor, random: Math.random }, stop.signal, lastEventId)
      return () => stop.abort()
    },
  }
}

function listenerSet<Message>() {
  const all = new Set<(message: Message) => void>()
  return {
    tell: (message: Message): void => {
      for (const listener of all) listener(message)
    },
    add: (listener: (message: Message) => void) => {
      all.add(listener)
      return () => {
        all.delete(listener)
      }
    },
  }
}
