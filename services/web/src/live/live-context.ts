import { createContext, use, useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { StreamState } from '../api/event-stream.ts'
import type { LiveFeed } from './live-feed.ts'
import type { Job } from '@plumbline/api'

export const LiveContext = createContext<LiveFeed | null>(null)

function useFeed(): LiveFeed {
  const feed = use(LiveContext)
  if (feed === null) throw new Error('Rendered outside of LiveProvider')
  return feed
}

export function useLiveState(): StreamState {
  const feed = useFeed()
  return useSyncExternalStore(feed.onState, feed.state)
}

/** Calls back with every batch of changed jobs while the component is shown. */
export function useJobUpdates(listener: (jobs: ReadonlyMap<string, Job>) => void): void {
  const feed = useFeed()
  const latest = useEffectEvent(listener)
  useEffect(() => feed.onJobs((jobs) => latest(jobs)), [feed])
}
