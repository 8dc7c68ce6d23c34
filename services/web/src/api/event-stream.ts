import { createParser } from 'eventsource-parser'

export interface StreamEvent {
  id: string | null
  /** `job` or `reset`. */
  name: string
  data: string
}

export type StreamState = 'connecting' | 'live' | 'reconnecting'

export interface EventStreamDeps {
  /** Opens the stream; `lastEventId` asks to resume behind it. */
  open: (lastEventId: string | null, signal: AbortSignal) => Promise<Response>
  onEvent: (event: StreamEvent) => void
  /** `resumed` is false when events may have been missed: on the first connection. */
  onState: (state: StreamState, resumed: boolean) => void
  /** Waits; resolves early when the signal aborts. */
  wait: (delayMs: number, signal: AbortSignal) => Promise<void>
  /** From 0 to 1, so that a thousand pages do not come back in the same instant. */
  random: () => number
}

/** The server sends a comment every 15 s: twice that without a byte means a dead connection. */
export const silenceLimitMs = 35_000
const longestBackoffMs = 15_000

/** Doubles from half a second to 15 s, of which the last half is by chance. */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(longestBackoffMs, 500 * 2 ** Math.min(failures, 10))
  return full / 2 + (full / 2) * random
}

/**
 * Reads server-sent events for as long as the signal allows: resumes behind the last event after a cut, backs off while the
 * server is away. EventSource is not used because it cannot send the Authorization header. Ends on abort or on 401/403.
 */
export async function followEvents(deps: EventStreamDeps, signal: AbortSignal, resumeBehind: string | null = null) {
  let lastEventId = resumeBehind
  let failures = 0
  while (!signal.aborted) {
    const outcome = await readOnce(deps, signal, lastEventId, {
      opened: () => {
        failures = 0
        deps.onState('live', lastEventId !== null)
      },
      event: (event) => {
        lastEventId = event.name === 'reset' ? null : (event.id ?? lastEventId)
        deps.onEvent(event)
      },
    })
    if (outcome === 'refused' || signal.aborted) return
    deps.onState('reconnecting', false)
    await deps.wait(backoffMs(failures, deps.random()), signal)
    failures += 1
  }
}

interface Reading {
  opened: () => void
  event: (event: StreamEvent) => void
}

async function readOnce(
  deps: EventStreamDeps,
  signal: AbortSignal,
  lastEventId: string | null,
  reading: Reading,
): Promise<'cut' | 'refused'> {
  const connection = new AbortController()
  const watch = silenceWatch(() => connection.abort())
  try {
    const response = await deps.open(lastEventId, AbortSignal.any([signal, connection.signal]))
    if (response.status === 401 || response.status === 403) return 'refused'
    if (!response.ok || response.body === null) return 'cut'
    reading.opened()
    const parser = createParser({
      onEvent: ({ id, event, data }) => reading.event({ id: id ?? null, name: event ?? 'message', data }),
    })
    const text = new TextDecoder()
    for await (const bytes of chunksOf(response.body)) {
      watch.heard()
      parser.feed(text.decode(bytes, { stream: true }))
    }
  } catch {
    // A cut connection, however it shows, is answered by the next one.
  } finally {
    watch.stop()
    connection.abort()
  }
  return 'cut'
}

/** Streams are async iterable in Node and Firefox, but not yet in every browser that matters. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    reader.releaseLock()
  }
}

function silenceWatch(onSilence: () => void): { heard(): void; stop(): void } {
  let timer = setTimeout(onSilence, silenceLimitMs)
  return {
    heard() {
      clearTimeout(timer)
      timer = setTimeout(onSilence, silenceLimitMs)
    },
    stop: () => clearTimeout(timer),
  }
}
