import { createParser } from 'eventsource-parser'

/** When each stream showed each event. */
export interface Shown {
  eventId: number
  /** Milliseconds of the wall clock, which the record's server shares. */
  at: number
}

export interface OpenStreams {
  shown: readonly Shown[]
  close(): Promise<void>
}

/** Opens one stream a query, all over HTTP and all at once, and notes what comes. */
export async function openStreams(base: string, token: string, queries: readonly string[]): Promise<OpenStreams> {
  const shown: Shown[] = []
  const stop = new AbortController()
  const reading = await Promise.all(
    queries.map(async (query) => {
      const answer = await fetch(`${base}/api/v1/jobs/events${query}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: stop.signal,
      })
      if (!answer.ok) throw new Error(`a stream was answered with ${answer.status}`)
      return read(answer, shown)
    }),
  )
  return {
    shown,
    async close() {
      stop.abort()
      await Promise.all(reading.map(({ ended }) => ended))
    },
  }
}

function read(answer: Response, shown: Shown[]): { ended: Promise<void> } {
  const parser = createParser({
    onEvent({ id, data }) {
      // Parsed as a page would before it shows it.
      JSON.parse(data)
      shown.push({ eventId: Number(id), at: performance.timeOrigin + performance.now() })
    },
  })
  const decoder = new TextDecoder()
  const ended = (async () => {
    try {
      for await (const chunk of answer.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }))
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
    }
  })()
  return { ended }
}
