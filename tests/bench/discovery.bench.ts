import { readFileSync } from 'node:fs'
import { catalogQueries, schemasQuery } from '@plumbline/connectors'
import { createDatabaseOn, createRecordOn } from '../support/databases.ts'
import { startProductOn, type Product } from '../support/product.ts'
import type { Servers } from '../support/servers.ts'
import { inSource, manyTables } from '../support/source.ts'
import { needPsql, timePsql } from './psql.ts'
import type { Report } from './report.ts'

const tables = 1_000
const rounds = 5
const timesPsql = 10
const maxWorkerMb = 400

/**
 * Discovery of 1,000 tables × 20 columns as a job, stored and compared, beside psql with the same catalog queries on the same
 * server: rounds of both alternate, medians are compared. The worker is a process of its own, so its peak memory is its own.
 */
export async function main(servers: Servers, report: Report): Promise<void> {
  needPsql()
  const sourceUrl = await createDatabaseOn(servers.postgresUrl)
  await inSource(sourceUrl, manyTables(tables))
  await inSource(sourceUrl, 'analyze')
  const statements = [schemasQuery, ...Object.values(catalogQueries())]
  const product = await startProductOn({
    databaseUrl: await createRecordOn(servers.postgresUrl),
    temporalAddress: servers.temporalAddress,
    namespace: 'default',
  })
  try {
    const worker = await product.startWorker()
    await discover(product, await product.connect('warm-up', sourceUrl))
    const times = { psql: [] as number[], first: [] as number[], again: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      times.psql.push(await timePsql(sourceUrl, statements))
      const connection = await product.connect(`round ${round}`, sourceUrl)
      times.first.push(await discover(product, connection))
      times.again.push(await discover(product, connection))
    }
    const psql = median(times.psql)
    const add = (name: string, ms: number) =>
      report.add({
        name,
        figure: `${Math.round(ms)} ms, ${(ms / psql).toFixed(1)} × psql`,
        target: `≤ ${timesPsql} × psql`,
        reference: `psql ${Math.round(psql)} ms`,
        ok: ms <= timesPsql * psql,
      })
    add(`first discovery of ${tables} tables × 20 columns`, median(times.first))
    add('discovery again, nothing changed', median(times.again))
    const peak = peakMb(worker.pid)
    report.add({
      name: 'peak memory of the worker',
      figure: `${peak} MB`,
      target: `≤ ${maxWorkerMb} MB`,
      ok: peak <= maxWorkerMb,
    })
  } finally {
    await product.stop()
  }
}

/** The run time of the job in milliseconds, as its row says; returns when its follow-ups have ended too. */
async function discover(product: Product, connection: { id: string; rootAssetId: string }): Promise<number> {
  const { id } = await product.start('schema_discovery', connection.rootAssetId)
  for (;;) {
    const active = await product.jobs(`tab=active&connectionId=${connection.id}`)
    if (active.length === 0) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const job = await product.job(id)
  if (job.status !== 'completed' || job.durationMs === null) throw new Error(`${job.status}: ${job.message}`)
  return job.durationMs
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** The most memory a process ever held, by the kernel's own account. */
function peakMb(pid: number): number {
  const kb = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kb) / 1024)
}
