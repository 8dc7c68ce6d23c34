import { catalogQueries, schemasQuery } from '@plumbline/connectors/postgres/statements'
import { Client as Temporal, Connection } from '@temporalio/client'
import { createDatabaseOn, createRecordOn } from '../support/databases.ts'
import { startProductOn, type JobAnswer, type Product } from '../support/product.ts'
import type { Servers } from '../support/servers.ts'
import type { ServiceProcess } from '../support/service-process.ts'
import { makeLargeSource, type SourceSize } from './discovery/large-source.ts'
import { median } from './figures.ts'
import { memoryOf } from './memory.ts'
import { needPsql, timePsql } from './psql.ts'
import type { Report, Target } from './report.ts'

const usual: SourceSize = { tables: 5_000, foreignKeys: 7_000, views: 500 }
const huge: SourceSize = { tables: 50_000, foreignKeys: 0, views: 0 }
const rounds = 3
const firstTimesPsql = 6
const againTimesPsql = 2.5
const maxWorkerMb = 300
const maxRestMb = 220
/** However large the source is; a run is ended at 51,200. */
const maxHistoryEvents = 100

/**
 * Discovery as a job, stored and compared, beside psql with the same catalog queries on the same server: rounds of both alternate,
 * medians are compared. The worker is a process of its own, so its peak memory is its own.
 */
export async function main(servers: Servers, report: Report): Promise<void> {
  needPsql()
  const product = await startProductOn({
    databaseUrl: await createRecordOn(servers.postgresUrl),
    temporalAddress: servers.temporalAddress,
    namespace: 'default',
  })
  try {
    const worker = await product.startWorker()
    const usualSource = await largeSource(servers, usual)
    // Minutes after its start: what starting took has been given back.
    addMemory('memory of the worker before its first job', memoryOf(worker.pid, 'VmRSS'), maxRestMb, report)
    await benchUsual(product, worker, usualSource, report)
    const hugeSource = await largeSource(servers, huge)
    await benchHuge(product, { worker, temporalAddress: servers.temporalAddress }, hugeSource, report)
  } finally {
    await product.stop()
  }
}

async function largeSource(servers: Servers, size: SourceSize): Promise<string> {
  const url = await createDatabaseOn(servers.postgresUrl)
  await makeLargeSource(url, size)
  return url
}

async function benchUsual(product: Product, worker: ServiceProcess, sourceUrl: string, report: Report): Promise<void> {
  const statements = [schemasQuery(), ...Object.values(catalogQueries())]
  const times = { psql: [] as number[], first: [] as number[], again: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    times.psql.push(await timePsql(sourceUrl, statements))
    const connection = await product.connect(`round ${round}`, sourceUrl)
    times.first.push((await discover(product, connection)).durationMs)
    times.again.push((await discover(product, connection)).durationMs)
  }
  const psql = median(times.psql)
  const add = (name: string, ms: number, limit: number) =>
    report.add({
      name,
      figure: `${Math.round(ms)} ms, ${(ms / psql).toFixed(1)} × psql`,
      target: `≤ ${limit} × psql`,
      reference: `psql ${Math.round(psql)} ms`,
      ok: ms <= limit * psql,
    })
  const { tables, foreignKeys, views } = usual
  add(
    `first discovery of ${tables} tables × 20 columns, ${foreignKeys} foreign keys, ${views} views`,
    median(times.first),
    firstTimesPsql,
  )
  add('discovery again, nothing changed', median(times.again), againTimesPsql)
  addPeak(worker, usual.tables, report)
}

async function benchHuge(
  product: Product,
  { worker, temporalAddress }: { worker: ServiceProcess; temporalAddress: string },
  sourceUrl: string,
  report: Report,
): Promise<void> {
  const connection = await product.connect('huge', sourceUrl)
  for (const name of ['first discovery', 'discovery again']) {
    const job = await discover(product, connection)
    const found = job.counts['tables'] ?? 0
    report.add({
      name: `${name} of ${huge.tables} tables × 20 columns`,
      figure: `${found} tables in ${(job.durationMs / 1000).toFixed(1)} s`,
      target: 'complete',
      ok: found === huge.tables && job.counts['changes'] === 0,
    })
    report.add(await historyOf(temporalAddress, job.id))
  }
  addPeak(worker, huge.tables, report)
}

async function historyOf(temporalAddress: string, jobId: string): Promise<Target> {
  const connection = await Connection.connect({ address: temporalAddress })
  try {
    const run = await new Temporal({ connection }).workflow.getHandle(`job-${jobId}`).describe()
    return {
      name: 'its history in Temporal',
      figure: `${run.historyLength} events, ${Math.round((run.historySize ?? 0) / 1024)} kB`,
      target: `≤ ${maxHistoryEvents} events`,
      ok: run.historyLength <= maxHistoryEvents,
    }
  } finally {
    await connection.close()
  }
}

function addPeak(worker: ServiceProcess, tables: number, report: Report): void {
  addMemory(`peak memory of the worker, ${tables} tables`, memoryOf(worker.pid, 'VmHWM'), maxWorkerMb, report)
}

function addMemory(name: string, mb: number, limit: number, report: Report): void {
  report.add({ name, figure: `${mb} MB`, target: `≤ ${limit} MB`, ok: mb <= limit })
}

/** Run time as the row of the job says; no follow-ups, which are jobs of their own. */
async function discover(
  product: Product,
  connection: { rootAssetId: string },
): Promise<JobAnswer & { durationMs: number }> {
  const { id } = await product.start('schema_discovery', connection.rootAssetId, { followUps: [] })
  for (;;) {
    const job = await product.job(id)
    if (job.status === 'completed' && job.durationMs !== null) return { ...job, durationMs: job.durationMs }
    if (job.status !== 'pending' && job.status !== 'running') throw new Error(`${job.status}: ${job.message}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
