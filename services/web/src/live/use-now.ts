import { useSyncExternalStore } from 'react'

/** One clock for every running duration on the page, and none while nothing runs. */
const tickMs = 1_000
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    now = Date.now()
    timer = setInterval(tick, tickMs)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  now = Date.now()
  for (const one of listeners) one()
}

const never = (): (() => void) => () => undefined
const current = (): number => now
const zero = (): number => 0

/** The time in ms, renewed every second while `ticking`; without it the value is 0 and nothing redraws. */
export function useNow(ticking = true): number {
  return useSyncExternalStore(ticking ? subscribe : never, ticking ? current : zero)
}
