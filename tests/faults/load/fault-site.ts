import { Client, Connection } from '@temporalio/client'
import { expect } from 'vitest'
import { startProductProcesses, type ProductProcesses } from '../../support/product-processes.ts'
import type { ServiceProcess } from '../../support/service-process.ts'
import { makeNextHome } from '../next-version/next-bundle.ts'
import { brokenPromises, type EndedJob } from './broken-promises.ts'
import { followJobs, type Follower } from './follower.ts'
import { createLoad, type Load } from './load.ts'
import type { Random } from './random.ts'
import { recordingClient, type RecordingClient } from './recording-client.ts'
import { askAgain, forgottenAnswers } from './settle.ts'
import { makeSources, type SourceCounts } from './sources.ts'

/** Where faults happen: the product in processes of its own, its sources, and clients that keep what they were answered. */
export interface FaultSite {
  product: ProductProcesses
  client: RecordingClient
  load: Load
  /** The worker that is meant to live. */
  readonly worker: ServiceProcess
  /** In place of one that is gone, of the same code version. */
  replaceWorker(): Promise<void>
  /** Beside the one of today. */
  startNextVersion(): Promise<void>
  /** Back to the version of today, once no run is left that the next one began. */
  startTodaysVersion(): Promise<void>
  untilMoreEnded(jobs: number): Promise<void>
  /** Lets everything end and tells what of it does not hold; `codes` are errors that the faults made true. */
  broken(codes: readonly string[]): Promise<string[]>
  remove(): Promise<void>
}

/** All that was under way when a fault was over ends within this time. */
const endMs = 300_000
/** Of what is left when a fault is over, so much is given up by its users. */
const cancelledShare = 0.4

export async function makeFaultSite(counts: SourceCounts, random: Random): Promise<FaultSite> {
  await using started = new AsyncDisposableStack()
  const product = started.adopt(await startProductProcesses(), (all) => all.remove())
  const client = recordingClient(product.base, product.token)
  const sources = started.adopt(await makeSources(client, counts), (all) => all.close())
  const load = createLoad(client, sources.all, random)
  let [home, worker] = [product.home, await product.startWorker(product.home)]
  const nextHome = await makeNextHome(product.home)
  const follower = started.adopt(followJobs(product.base, product.token), (one) => one.stop())
  const verified = { asked: 0, at: new Date(0) }
  const startOf = async (version: string) => {
    home = version
    worker = await product.startWorker(home)
  }

  async function everythingEnded(cancelled: number): Promise<void> {
    await load.cancelSome(cancelled)
    await expect.poll(() => load.activeJobs(), { timeout: endMs, interval: 500 }).toBe(0)
  }

  async function broken(codes: readonly string[]): Promise<string[]> {
    const asked = client.asked.slice(verified.asked)
    await Promise.all([askAgain(client, asked), everythingEnded(cancelledShare)])
    // What was asked again may have made jobs.
    await everythingEnded(0)
    const forgotten = await forgottenAnswers(client, asked)
    const { broken: found, jobs } = await brokenPromises({
      databaseUrl: product.postgres.url,
      sources: sources.all,
      asked,
      trueCodes: codes,
      since: verified.at,
    })
    Object.assign(verified, { asked: client.asked.length, at: new Date() })
    await expectNoOpenRuns(product.temporal.address)
    await expectShown(follower, jobs)
    return [...found, ...forgotten.map((one) => `an answer was not kept: ${JSON.stringify(one)}`)]
  }

  const all = started.move()
  return {
    product,
    client,
    load,
    get worker() {
      return worker
    },
    replaceWorker: () => startOf(home),
    startNextVersion: () => startOf(nextHome),
    async startTodaysVersion() {
      await worker.stop()
      await startOf(product.home)
    },
    async untilMoreEnded(jobs) {
      const ended = async () => {
        const answer = await client.get('/jobs/counts')
        return answer?.status === 200 ? answer.body.all - answer.body.active : 0
      }
      const before = await ended()
      await expect.poll(ended, { timeout: endMs, interval: 100 }).toBeGreaterThanOrEqual(before + jobs)
    },
    broken,
    remove: () => all.disposeAsync(),
  }
}

const openRuns = "WorkflowId STARTS_WITH 'job-' AND ExecutionStatus = 'Running'"

/**
 * Temporal's own list is a moment behind. Only runs of jobs: what tidies up after one that was lost asks its source, which may
 * hang, for a while longer.
 */
async function expectNoOpenRuns(address: string): Promise<void> {
  const connection = await Connection.connect({ address })
  try {
    const { workflow } = new Client({ connection })
    const open = async () => (await workflow.count(openRuns)).count
    await expect.poll(open, { interval: 500 }).toBe(0)
  } finally {
    await connection.close()
  }
}

/** Who followed the stream all the time has seen how every job ended. */
async function expectShown(follower: Follower, jobs: readonly EndedJob[]): Promise<void> {
  const missed = () => jobs.filter(({ id, status }) => follower.statuses.get(id) !== status)
  await expect.poll(missed).toEqual([])
}
