import { setTimeout as sleep } from 'node:timers/promises'
import { isAccepted, type Asked, type RecordingClient } from './recording-client.ts'
import { inParallel } from './in-parallel.ts'
import { oneOf, shuffled, type Random } from './random.ts'
import type { Source } from './sources.ts'

export const jobTypes = ['schema_discovery', 'tag_generation', 'lineage_extraction'] as const

const clientsDuringFault = 4
/** A client that was refused does not ask again at once. */
const afterRefusalMs = 100

interface Wish {
  source: Source
  type: (typeof jobTypes)[number]
}

/** What is asked of the product while faults happen to it. */
export interface Load {
  /** Starts jobs of every kind on the sources until as many are active as wanted. */
  fill(wanted: number): Promise<void>
  /** Starts, cancels and retries, one after the other by a few clients, until `work` is done. */
  during(work: () => Promise<void>): Promise<void>
  /** Cancels what would hang for ever, and a share of all else. */
  cancelSome(share: number): Promise<void>
  activeJobs(): Promise<number>
}

export function createLoad(client: RecordingClient, sources: readonly Source[], random: Random): Load {
  const start = (source: Source, type: Wish['type']) =>
    client.post('/jobs', { type, assetId: source.assetId, ...(type === 'schema_discovery' && discoveryConfig(random)) })
  const activeJobs = async () => {
    const counts = await client.get('/jobs/counts')
    return counts?.status === 200 ? counts.body.active : 0
  }
  const hanging = new Set(sources.filter(({ kind }) => kind === 'hanging').map(({ connectionId }) => connectionId))
  const wishes = () =>
    shuffled(
      sources.flatMap((source) => jobTypes.map((type) => ({ source, type }))),
      random,
    )

  async function fill(wanted: number): Promise<void> {
    for (let missing = wanted; missing > 0; missing = wanted - (await activeJobs())) {
      const startOne = async ({ source, type }: Wish) => {
        if (isAccepted(await start(source, type))) missing--
      }
      await inParallel(wishes(), startOne, () => missing <= 0)
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
    const askOn = async () => {
      while (!over.signal.aborted) {
        const asked = await askOnce()
        if (!asked?.answer || asked.answer.status >= 500) await sleep(afterRefusalMs)
      }
    }
    const asking = Promise.all(Array.from({ length: clientsDuringFault }, askOn))
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
    async cancelSome(share) {
      const active = (await allActive(client)).filter((job) => hanging.has(job.asset.connectionId) || random() < share)
      await inParallel(active, async ({ id }) => {
        await client.post(`/jobs/${id}/cancel`, { reason: 'not needed any more' })
      })
    },
  }
}

/** Of a start or a retry: its answer is a job. */
export const makesJob = ({ path }: Asked): boolean => path === '/jobs' || path.endsWith('/retry')

interface ListedJob {
  id: string
  asset: { connectionId: string }
}

async function allActive(client: RecordingClient): Promise<ListedJob[]> {
  const jobs: ListedJob[] = []
  let cursor = ''
  do {
    const page = await client.get(`/jobs?tab=active&limit=200${cursor}`)
    if (page?.status !== 200) throw new Error(`No list: ${JSON.stringify(page)}`)
    jobs.push(...page.body.items)
    cursor = page.body.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.body.nextCursor)}`
  } while (cursor !== '')
  return jobs
}

/** A part of the discoveries start follow-up jobs, as far as none is active on the asset. */
const discoveryConfig = (random: Random) => ({ config: random() < 0.2 ? {} : { followUps: [] } })
