import { setTimeout as sleep } from 'node:timers/promises'
import { isAccepted, type Asked, type RecordingClient } from './recording-client.ts'
import { oneOf, shuffled, type Random } from './random.ts'
import type { Source } from './sources.ts'

export const jobTypes = ['schema_discovery', 'tag_generation', 'lineage_extraction'] as const

/** Requests under way at once, as from several people and scripts. */
const clients = 8
const clientsDuringFault = 4
/** A client that was refused does not ask again at once. */
const afterRefusalMs = 100

/** What is asked of the product while faults happen to it. */
export interface Load {
  /** Starts jobs of every kind on the sources until as many are active as wanted. */
  fill(wanted: number): Promise<void>
  /** Starts, cancels and retries, one after the other by a few clients, until `work` is done. */
  during(work: () => Promise<void>): Promise<void>
  /** Cancels what would hang for ever. */
  cancelHanging(): Promise<void>
  activeJobs(): Promise<number>
}

export function createLoad(client: RecordingClient, sources: readonly Source[], random: Random): Load {
  const start = (source: Source, type: (typeof jobTypes)[number]) =>
    client.post('/jobs', { type, assetId: source.assetId, ...(type === 'schema_discovery' && discoveryConfig(random)) })
  const activeJobs = async () => {
    const counts = await client.get('/jobs/counts')
    return counts?.status === 200 ? counts.body.active : 0
  }
  const wishes = () =>
    shuffled(
      sources.flatMap((source) => jobTypes.map((type) => ({ source, type }))),
      random,
    )

  async function fill(wanted: number): Promise<void> {
    for (let missing = wanted; missing > 0; missing = wanted - (await activeJobs())) {
      const left = wishes()[Symbol.iterator]()
      await inParallel(clients, async () => {
        for (let next = left.next(); !next.done && missing > 0; next = left.next()) {
          if (isAccepted(await start(next.value.source, next.value.type))) missing--
        }
      })
    }
  }

  async function askOnce(): Promise<Asked | undefined> {
    const draw = random()
    if (draw < 0.5) {
      const wish = oneOf(wishes(), random)
      return wish && start(wish.source, wish.type)
    }
    const known = oneOf(client.asked.filter(makesJob).filter(isAccepted), random)
    if (!known) return undefined
    const [action, body] = draw < 0.7 ? ['cancel', { reason: 'not needed' }] : ['retry', {}]
    return client.post(`/jobs/${known.answer?.body.id}/${action}`, body)
  }

  async function during(work: () => Promise<void>): Promise<void> {
    const over = new AbortController()
    const asking = inParallel(clientsDuringFault, async () => {
      while (!over.signal.aborted) {
        const asked = await askOnce()
        if (!asked?.answer || asked.answer.status >= 500) await sleep(afterRefusalMs)
      }
    })
    try {
      await work()
    } finally {
      over.abort()
      await asking
    }
  }

  return {
    fill,
    during,
    activeJobs,
    async cancelHanging() {
      for (const { connectionId } of sources.filter(({ kind }) => kind === 'hanging')) {
        const active = await client.get(`/jobs?tab=active&type=schema_discovery&connectionId=${connectionId}`)
        for (const { id } of active?.body.items ?? []) await client.post(`/jobs/${id}/cancel`, { reason: 'hangs' })
      }
    },
  }
}

/** Of a start or a retry: its answer is a job. */
export const makesJob = ({ path }: Asked): boolean => path === '/jobs' || path.endsWith('/retry')

/** Half of the discoveries start follow-up jobs, as far as none is active on the asset. */
const discoveryConfig = (random: Random) => ({ config: random() < 0.5 ? {} : { followUps: [] } })

const inParallel = (count: number, work: () => Promise<void>) => Promise.all(Array.from({ length: count }, work))
