import { useEffect, useEffectEvent, useRef, useState, type UIEvent } from 'react'

/** This close to the end counts as being there, in px: lines are measured only once they are drawn. */
const nearPx = 30

/**
 * Keeps the end of something that grows in view, `newest` being what stands there: until the reader scrolls up, and again when
 * they come back to the end.
 */
export function useStickToEnd(grows: boolean, newest: string | undefined, scrollToEnd: () => void) {
  const [sticks, setSticks] = useState(true)
  const lastTop = useRef(0)
  const toEnd = useEffectEvent(scrollToEnd)
  useEffect(() => {
    if (grows && sticks && newest !== undefined) toEnd()
  }, [grows, sticks, newest])

  const onScroll = ({ currentTarget }: UIEvent<HTMLElement>): void => {
    const { scrollTop, scrollHeight, clientHeight } = currentTarget
    if (scrollHeight - scrollTop - clientHeight <= nearPx) setSticks(true)
    // Lines that come make the end go away from the reader without any scrolling: only going up is theirs.
    else if (scrollTop < lastTop.current) setSticks(false)
    lastTop.current = scrollTop
  }
  return { sticks, onScroll, toEnd: () => setSticks(true) }
}
