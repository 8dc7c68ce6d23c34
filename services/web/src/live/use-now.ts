import { useSyncExternalStore } from 'react'
import { serverNow } from './server-clock.ts'

/** One clock for every running duration on the page, and none while nothing runs. */
const tickMs = 1_000
const listeners = new Set<() => void>()
let now = serverNow()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    now = serverNow()
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
  now = serverNow()
  for (const one of listeners) one()
}

const never = (): (() => void) => () => undefined
const current = (): number => now
const zero = (): number => 0

/** The server's time in ms, renewed every second while `ticking`; without it the value is 0 and nothing redraws. */
export function useNow(ticking = true): number {
  return useSyncExternalStore(ticking ? subscribe : never, ticking ? current : zero)
}
