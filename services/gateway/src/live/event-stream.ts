import type { ServerResponse } from 'node:http'
import type { EventHub, JobFrame, Subscription } from './event-hub.ts'

/** Proxies and browsers drop a silent connection; a comment keeps it. */
const heartbeatMs = 15_000
/** A reader that is this far behind is dropped; it comes back with its last id and misses nothing. */
const maxBufferedBytes = 1_048_576
/** When a reader should come back after the stream ended. */
const retryMs = 1_000

export interface StreamRequest extends Omit<Subscription, 'push'> {
  /** The `Last-Event-ID` of a reader that resumes. */
  lastEventId: string | undefined
}

/** Streams job events until the reader leaves, falls behind, or the gateway stops. */
export async function streamJobEvents(
  hub: EventHub,
  response: ServerResponse,
  request: StreamRequest,
  stopping: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  })
  const write = (text: string) => {
    response.write(text)
    if (response.writableLength > maxBufferedBytes) response.destroy()
  }
  write(`retry: ${retryMs}\n\n`)

  const live: JobFrame[] = []
  let forward = (frames: readonly JobFrame[]): void => {
    live.push(...frames)
  }
  const upTo = hub.position()
  const unsubscribe = hub.subscribe({ ...request, push: (frames) => forward(frames) })
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs)
  const end = () => response.end()
  stopping.addEventListener('abort', end, { once: true })
  response.once('close', () => {
    clearInterval(heartbeat)
    unsubscribe()
    stopping.removeEventListener('abort', end)
  })

  await replay(hub, request, upTo, write)
  write(textOf(live.filter((frame) => frame.id > upTo)))
  forward = (frames) => write(textOf(frames))
}

async function replay(
  hub: EventHub,
  request: StreamRequest,
  upTo: number,
  write: (text: string) => void,
): Promise<void> {
  if (request.lastEventId === undefined) return
  const after = Number(request.lastEventId)
  const known = Number.isSafeInteger(after) && after >= (await hub.oldest()) - 1 && after <= upTo
  if (!known) {
    write('event: reset\ndata: {}\n\n')
    return
  }
  for await (const frames of hub.replay(request, after, upTo)) write(textOf(frames))
}

const textOf = (frames: readonly JobFrame[]): string =>
  frames.map(({ id, job }) => `id: ${id}\nevent: job\ndata: ${JSON.stringify(job)}\n\n`).join('')
