import { createParser } from 'eventsource-parser'
import { z } from 'zod'

const zSeen = z.object({ id: z.string(), status: z.string(), message: z.string() })
type Seen = z.infer<typeof zSeen>

export interface Follower {
  /** Resolves when the stream shows the job in a state that `is` accepts, also when it did before. */
  until(jobId: string, is: (job: Seen) => boolean): Promise<Seen>
  /** @throws when it ended in any other way than `completed` */
  untilEnded(jobId: string): Promise<void>
  close(): void
}

/** Follows jobs as a page does: by one stream of events. */
export async function followJobs(base: string, token: string, query = ''): Promise<Follower> {
  const seen = new Map<string, Seen>()
  const waiting = new Map<string, (job: Seen) => void>()
  const stop = new AbortController()
  const answer = await fetch(`${base}/api/v1/jobs/events${query}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  })
  const parser = createParser({
    onEvent({ data }) {
      const job = zSeen.parse(JSON.parse(data))
      seen.set(job.id, job)
      waiting.get(job.id)?.(job)
    },
  })
  const decoder = new TextDecoder()
  void (async () => {
    for await (const chunk of answer.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }))
  })().catch(() => undefined)

  const until: Follower['until'] = (jobId, is) =>
    new Promise((resolve) => {
      const look = (job: Seen) => {
        if (!is(job)) return
        waiting.delete(jobId)
        resolve(job)
      }
      waiting.set(jobId, look)
      const now = seen.get(jobId)
      if (now) look(now)
    })
  return {
    until,
    async untilEnded(jobId) {
      const { status, message } = await until(jobId, (job) => !['pending', 'running'].includes(job.status))
      seen.delete(jobId)
      if (status !== 'completed') throw new Error(`a job is ${status}: ${message}`)
    },
    close: () => stop.abort(),
  }
}
