import { useDocumentVisibility } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { openEvents } from '../api/open-events.ts'
import { followIntoCache } from './follow-into-cache.ts'
import { LiveContext } from './live-context.ts'
import { createLiveFeed } from './live-feed.ts'

/** A page that cannot be seen gives its connection back after this: over HTTP/1.1 a browser grants six to all tabs together. */
const hiddenForMs = 30_000

const open = openEvents('/jobs/events')

/** Keeps the stream open while the page is looked at, and the cache up to date from it. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [feed] = useState(() => createLiveFeed({ open }))
  const queryClient = useQueryClient()
  const following = useFollowing()
  useEffect(() => followIntoCache(feed, queryClient), [feed, queryClient])
  useEffect(() => (following ? feed.start() : undefined), [feed, following])
  return <LiveContext value={feed}>{children}</LiveContext>
}

function useFollowing(): boolean {
  const visible = useDocumentVisibility() === 'visible'
  const [longHidden, setLongHidden] = useState(false)
  useEffect(() => {
    if (visible) return
    const timer = setTimeout(() => setLongHidden(true), hiddenForMs)
    return () => {
      clearTimeout(timer)
      setLongHidden(false)
    }
  }, [visible])
  return visible || !longHidden
}
