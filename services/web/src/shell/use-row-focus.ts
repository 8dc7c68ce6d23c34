import { useEffect, useRef, type RefObject } from 'react'

/** Takes the focus once the row is drawn: the row that a key moved to may not have been drawn before. */
export function useRowFocus<Row extends HTMLElement>(focus: boolean): RefObject<Row | null> {
  const ref = useRef<Row>(null)
  useEffect(() => {
    if (focus) ref.current?.focus({ preventScroll: true })
  }, [focus])
  return ref
}
