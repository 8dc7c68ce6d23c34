import { tickingText } from '../../text/duration.ts'

/** When a step is tried again by itself: `next try in 12 s`. Past its time the worker has it, or is about to. */
export function nextTryText(at: string, nowMs: number): string {
  const leftMs = Date.parse(at) - nowMs
  return leftMs < 1_000 ? 'next try now' : `next try in ${tickingText(leftMs)}`
}
