import { useEffect, useRef, type RefObject } from 'react'

const focusable = 'input:not([type="hidden"], :disabled), textarea, button:not(:disabled), [tabindex="0"]'

/**
 * Takes the keyboard to the first field with an error of the form that the element lies in, once, when it appears. A field's error
 * is known by its id, which the component library ends in `-error`.
 */
export function useFirstErrorFocus<Element extends HTMLElement>(active: boolean): RefObject<Element | null> {
  const place = useRef<Element>(null)
  useEffect(() => {
    const form = place.current?.closest('form')
    if (active && form) fieldOfFirstError(form)?.focus()
  }, [active])
  return place
}

function fieldOfFirstError(form: HTMLElement): HTMLElement | null {
  const error = form.querySelector('[id$="-error"]')
  if (error === null) return null
  const described = form.querySelector<HTMLElement>(`[aria-describedby~="${CSS.escape(error.id)}"]`)
  if (described?.matches(focusable)) return described
  return (described ?? error.parentElement)?.querySelector<HTMLElement>(focusable) ?? null
}
