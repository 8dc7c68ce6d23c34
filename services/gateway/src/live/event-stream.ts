import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { EventHub, Followed } from './event-hub.ts'

/** Proxies and browsers drop a silent connection; a comment keeps it. */
const heartbeatMs = 15_000
/** A reader that is this far behind is dropped; it comes back with its last id and misses nothing. */
const maxBufferedBytes = 1_048_576
/** How long a reader that resumes may take for one part of what it missed. */
const drainMs = 30_000
/** When a reader should come back after the stream ended. */
const retryMs = 1_000
/** When the gateway stops, its readers come back spread over this time more. */
const retrySpreadMs = 4_000

export interface StreamRequest extends Followed {
  /** The `Last-Event-ID` of a reader that resumes. */
  lastEventId: string | undefined
}

/** Streams job events until the reader leaves, falls behind, or its stream must end. */
export async function streamJobEvents(
  hub: EventHub,
  response: ServerResponse,
  request: StreamRequest,
  ending: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  })
  response.write(`retry: ${retryMs}\n\n`)
  const left = new AbortController()
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs)
  const end = () => response.end(`retry: ${retryMs + Math.round(Math.random() * retrySpreadMs)}\n\n`)
  ending.addEventListener('abort', end, { once: true })
  response.once('close', () => {
    left.abort()
    clearInterval(heartbeat)
    ending.removeEventListener('abort', end)
  })

  const follow = () => {
    if (left.signal.aborted || response.writableEnded) return
    const unsubscribe = hub.subscribe({
      ...request,
      push(events) {
        response.write(events)
        if (response.writableLength > maxBufferedBytes) response.destroy()
      },
    })
    left.signal.addEventListener('abort', unsubscribe, { once: true })
  }
  if (request.lastEventId === undefined) follow()
  else await resume(hub, response, request, Number(request.lastEventId), follow)
}

/**
 * Sends what a reader has missed, at its own pace, so that nothing piles up here meanwhile, and lets it follow once it has caught
 * up: at the same moment, or it would miss what is given to the others in between.
 */
async function resume(
  hub: EventHub,
  response: ServerResponse,
  followed: Followed,
  lastEventId: number,
  follow: () => void,
): Promise<void> {
  const oldest = await hub.oldest()
  if (!Number.isSafeInteger(lastEventId) || lastEventId < oldest - 1 || lastEventId > hub.position()) {
    response.write('event: reset\ndata: {}\n\n')
    return follow()
  }
  for (let after = lastEventId; response.writable;) {
    const upTo = hub.position()
    if (after >= upTo) return follow()
    for await (const events of hub.replay(followed, after, upTo)) {
      if (!response.writable) return
      if (!response.write(events)) await drained(response)
    }
    after = upTo
  }
}

/** Resolves when the reader took what was written, or is gone; one that takes nothing for too long is dropped. */
async function drained(response: ServerResponse): Promise<void> {
  const stop = new AbortController()
  const timer = setTimeout(() => response.destroy(), drainMs)
  try {
    await Promise.race([once(response, 'drain', stop), once(response, 'close', stop)])
  } finally {
    clearTimeout(timer)
    stop.abort()
  }
}
