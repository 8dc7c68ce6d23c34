import { setTimeout as sleep } from 'node:timers/promises'
import { inSource } from '../support/source.ts'
import type { FaultSite } from './load/fault-site.ts'

export interface Fault {
  name: string
  /** Does it, under load, and makes good what an operator would make good. */
  happen(site: FaultSite): Promise<void>
  /** Error codes of jobs that are true because of it. */
  codes: readonly string[]
}

const pausedMs = 30_000
/** Enough to see both sides at work. */
const someJobs = 30

export const faults: readonly Fault[] = [
  {
    name: 'the worker is killed',
    codes: [],
    async happen(site) {
      await site.worker.kill()
      await site.replaceWorker()
    },
  },
  {
    name: 'the gateway is killed',
    codes: [],
    async happen({ product, client }) {
      await product.killGateway()
      await client.untilAnswered('a connection that was refused', (answer) => answer === undefined)
      await product.startGateway()
    },
  },
  {
    name: 'Temporal is killed',
    codes: [],
    async happen({ product, client }) {
      await product.temporal.kill()
      await client.untilAnswered(
        'a job that waits for Temporal',
        (answer) => answer?.status === 201 && answer.body.pendingReason?.code === 'engine-unreachable',
      )
      await product.temporal.start()
    },
  },
  {
    name: 'Postgres is killed',
    codes: [],
    async happen({ product, client }) {
      await product.postgres.kill()
      await client.untilAnswered('a 503', (answer) => answer?.body?.code === 'record-unreachable')
      await product.postgres.start()
    },
  },
  {
    name: 'Postgres stands still for 30 s',
    codes: [],
    async happen({ product }) {
      product.postgres.pause()
      await sleep(pausedMs)
      product.postgres.resume()
    },
  },
  {
    name: 'the history of Temporal is lost',
    codes: ['run-lost'],
    happen: ({ product }) => product.temporal.loseHistory(),
  },
  {
    name: 'no disk is left for logs',
    codes: [],
    async happen(site) {
      const { url } = site.product.postgres
      await inSource(url, fullDisk)
      await site.untilMoreEnded(someJobs)
      await inSource(url, 'drop trigger disk_full on job_log; drop function disk_full')
    },
  },
  {
    name: 'the next code version joins the old one',
    codes: [],
    async happen(site) {
      const old = site.worker
      await site.startNextVersion()
      await site.untilMoreEnded(someJobs)
      await old.stop()
    },
  },
]

const fullDisk = `
  create function disk_full() returns trigger language plpgsql as $$
  begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
  create trigger disk_full before insert on job_log for each statement execute function disk_full()`

export const namesOf = (some: readonly Fault[]): string => some.map(({ name }) => name).join(', then ')
