import { setTimeout as sleep } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'

/** What a page that stays open would show. */
export interface Follower {
  /** The last status that was streamed, by job. */
  readonly statuses: ReadonlyMap<string, string>
  stop(): Promise<void>
}

/** Between two tries to connect, as browsers do. */
const reconnectMs = 200

/** Follows the events of all jobs and, however often the stream breaks off, goes on after the last event it saw. */
export function followJobs(base: string, token: string): Follower {
  const statuses = new Map<string, string>()
  const over = new AbortController()
  let lastEventId = ''
  const readOnce = async () => {
    const answer = await fetch(`${base}/jobs/events`, {
      headers: { authorization: `Bearer ${token}`, ...(lastEventId !== '' && { 'last-event-id': lastEventId }) },
      signal: over.signal,
    })
    if (answer.status !== 200) return
    const decoder = new TextDecoder()
    const parser = createParser({
      onEvent({ id, event, data }) {
        if (event !== 'job') return
        const job: { id: string; status: string } = JSON.parse(data)
        statuses.set(job.id, job.status)
        lastEventId = id ?? lastEventId
      },
    })
    for await (const chunk of answer.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }))
  }
  const following = (async () => {
    while (!over.signal.aborted) {
      await readOnce().catch(() => undefined)
      if (!over.signal.aborted) await sleep(reconnectMs)
    }
  })()
  return {
    statuses,
    stop() {
      over.abort()
      return following
    },
  }
}
