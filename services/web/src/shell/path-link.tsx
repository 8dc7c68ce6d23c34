import { Anchor, type AnchorProps } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

/** Follows a path of this page without loading it anew; clicks that ask for a new tab or window stay the browser's. */
export function useFollowPath(): (event: MouseEvent, path: string) => void {
  const { history } = useRouter()
  return (event, path) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    history.push(path)
  }
}

/** A link to a path that the server gave; paths known here are written with the router's own Link, which checks them. */
export function PathLink({ path, children, ...props }: AnchorProps & { path: string; children: ReactNode }) {
  const follow = useFollowPath()
  return (
    <Anchor {...props} href={path} onClick={(event) => follow(event, path)}>
      {children}
    </Anchor>
  )
}
