import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { isActiveJob } from '@plumbline/store'
import { logLineView } from './log-line-view.ts'
import { logPages, type LogSource } from './log-source.ts'

/** How often a followed log is looked at: only while somebody looks, by queries that find their place in an index. */
const pollMs = 500
/** Proxies and browsers drop a silent connection; a comment keeps it. */
const heartbeatMs = 15_000
/** When a reader should come back after the stream broke off. */
const retryMs = 1_000

export interface LogStream extends LogSource {
  /** The `Last-Event-ID` of a reader that resumes. */
  lastEventId: string | undefined
}

/**
 * Streams a log from its first line, or from the one after `lastEventId`, until its job has ended and all was sent; then comes
 * the event `end`. A slow reader is waited for: what it has not read is still in the record.
 */
export async function followLog(response: ServerResponse, stream: LogStream, ending: AbortSignal): Promise<void> {
  const left = new AbortController()
  response.once('close', () => left.abort())
  const signal = AbortSignal.any([left.signal, ending])
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  })
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs)
  const write = async (text: string) => {
    if (!response.write(text)) await once(response, 'drain', { signal })
  }
  try {
    await write(`retry: ${retryMs}\n\n`)
    await sendLines(stream, write, signal)
    await write('event: end\ndata: {}\n\n')
  } catch (error) {
    // The reader left, or its stream must end: it comes back with the last id it saw.
    if (!signal.aborted) throw error
  } finally {
    clearInterval(heartbeat)
    response.end()
  }
}

async function sendLines(
  stream: LogStream,
  write: (text: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const resumed = Number(stream.lastEventId)
  let after = Number.isSafeInteger(resumed) ? resumed : 0
  for (;;) {
    // Asked before the lines are read: what an ended job wrote is then all there.
    const active = await isActiveJob(stream.db, stream.organizationId, stream.jobId)
    for await (const lines of logPages(stream, 'asc', after)) {
      signal.throwIfAborted()
      await write(lines.map((line) => eventOf(line.id, logLineView(line))).join(''))
      after = lines.at(-1)?.id ?? after
    }
    if (!active) return
    await sleep(pollMs, undefined, { signal })
  }
}

const eventOf = (id: number, line: object): string => `id: ${id}\nevent: log\ndata: ${JSON.stringify(line)}\n\n`
