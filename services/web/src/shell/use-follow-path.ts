import { useRouter } from '@tanstack/react-router'
import type { MouseEvent } from 'react'

/**
 * Follows a path that the server gave without loading the page anew; clicks that ask for a new tab or window stay the
 * browser's. Paths known here are written with the router's own Link, which checks them.
 */
export function useFollowPath(): (event: MouseEvent, path: string) => void {
  const { history } = useRouter()
  return (event, path) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    history.push(path)
  }
}
