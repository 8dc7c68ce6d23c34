import { followEvents, type EventStreamDeps, type StreamState } from '../../api/event-stream.ts'
import { waitFor } from '../../live/wait-for.ts'
import type { LogLine } from '@plumbline/api'

export interface LogFeedDeps {
  open: EventStreamDeps['open']
  /** Lines in their order, in batches: a log that is read from its begin comes in thousands at once. */
  onLines: (lines: LogLine[]) => void
  onState: (state: StreamState | 'ended') => void
  batchMs?: number
}

/** Follows a job's log until it has ended and all was read. Returns how to stop earlier. */
export function followLog({ open, onLines, onState, batchMs = 100 }: LogFeedDeps): () => void {
  const stop = new AbortController()
  let batch: LogLine[] = []
  const flush = (): void => {
    const lines = batch
    batch = []
    if (lines.length > 0 && !stop.signal.aborted) onLines(lines)
  }
  const end = (): void => {
    flush()
    onState('ended')
    stop.abort()
  }
  void followEvents(
    {
      open,
      onEvent: ({ name, data }) => {
        if (name === 'end') return end()
        if (name !== 'log') return
        const line: LogLine = JSON.parse(data)
        if (batch.length === 0) setTimeout(flush, batchMs)
        batch.push(line)
      },
      onState: (state) => {
        if (!stop.signal.aborted) onState(state)
      },
      wait: waitFor,
      random: Math.random,
    },
    stop.signal,
  )
  return () => stop.abort()
}
