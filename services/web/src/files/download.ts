import type { Sink } from './sinks.ts'

/** A file that is being fetched, or was. */
export interface Download {
  name: string
  lines: number
  bytes: number
  state: 'running' | 'done' | 'stopped' | 'failed'
  error: unknown
}

export interface DownloadRequest {
  name: string
  open: (signal: AbortSignal) => Promise<Response>
  sink: Sink
}

export interface Downloads {
  current: () => Download | null
  subscribe: (listener: () => void) => () => void
  /** Begins; what was fetched before is put away. Resolves when it is over, however it ends. */
  start: (request: DownloadRequest) => Promise<void>
  stop: () => void
  putAway: () => void
}

const lineFeed = 10

/** Fetches one file at a time, piece by piece, whatever page is open meanwhile. */
export function createDownloads(): Downloads {
  let current: Download | null = null
  let abort = new AbortController()
  const listeners = new Set<() => void>()
  const show = (next: Download | null): void => {
    current = next
    for (const listener of listeners) listener()
  }
  return {
    current: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start({ name, open, sink }) {
      abort.abort()
      const mine = new AbortController()
      abort = mine
      let download: Download = { name, lines: 0, bytes: 0, state: 'running', error: null }
      const change = (part: Partial<Download>): void => {
        download = { ...download, ...part }
        if (abort === mine) show(download)
      }
      change({})
      try {
        const response = await open(mine.signal)
        await readInto(sink, response, (bytes, lines) =>
          change({ bytes: download.bytes + bytes, lines: download.lines + lines }),
        )
        change({ state: 'done' })
      } catch (error) {
        await sink.discard()
        change(mine.signal.aborted ? { state: 'stopped' } : { state: 'failed', error })
      }
    },
    stop: () => abort.abort(),
    putAway: () => show(null),
  }
}

async function readInto(
  sink: Sink,
  response: Response,
  onProgress: (bytes: number, lines: number) => void,
): Promise<void> {
  const reader = response.body?.getReader()
  if (reader !== undefined) {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      // Each piece is written before the next is read: the memory stays the same however large the file is.
      // oxlint-disable-next-line no-await-in-loop
      await sink.write(read.value)
      onProgress(read.value.length, countOf(lineFeed, read.value))
    }
  }
  await sink.close()
}

function countOf(byte: number, bytes: Uint8Array): number {
  let count = 0
  for (const one of bytes) if (one === byte) count += 1
  return count
}

export const downloads = createDownloads()
