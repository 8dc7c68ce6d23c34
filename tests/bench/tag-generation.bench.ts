import { createDatabaseOn, createRecordOn } from '../support/databases.ts'
import { startProductOn } from '../support/product.ts'
import type { Servers } from '../support/servers.ts'
import { fillLargeSource, makeLargeSource, type SourceSize } from './discovery/large-source.ts'
import { ended } from './ended-job.ts'
import { memoryOf } from './memory.ts'
import type { Report } from './report.ts'
import { scansOf } from './source-scans.ts'

const size: SourceSize = { tables: 5_000, foreignKeys: 0, views: 0 }
const rows = 50
const maxWorkerMb = 300

/**
 * Tags of tables of twenty columns as a job, with samples. The source itself counts how often its tables are scanned. The worker
 * is a process of its own, so its peak memory is its own; it has discovered the tables before.
 */
export async function main(servers: Servers, report: Report): Promise<void> {
  const sourceUrl = await createDatabaseOn(servers.postgresUrl)
  await makeLargeSource(sourceUrl, size)
  await fillLargeSource(sourceUrl, size, rows)
  const product = await startProductOn({
    databaseUrl: await createRecordOn(servers.postgresUrl),
    temporalAddress: servers.temporalAddress,
    namespace: 'default',
  })
  const { tables } = size
  try {
    const worker = await product.startWorker()
    const { rootAssetId } = await product.connect('tags', sourceUrl)
    await ended(product, await product.start('schema_discovery', rootAssetId, { followUps: [] }))
    const before = await scansOf(sourceUrl)
    const job = await ended(product, await product.start('tag_generation', rootAssetId))
    const scans = (await scansOf(sourceUrl)) - before
    const counted = Object.entries(job.counts).map(([name, count]) => `${name} ${count}`)
    report.add({
      name: `scans of the source for tags of ${tables} tables × 20 columns, ${rows} rows each`,
      figure: `${scans} in ${((job.durationMs ?? 0) / 1000).toFixed(1)} s`,
      target: `${tables}, each table once`,
      reference: counted.join(', '),
      ok: scans === tables,
    })
    const peak = memoryOf(worker.pid, 'VmHWM')
    report.add({
      name: `peak memory of the worker, ${tables} tables`,
      figure: `${peak} MB`,
      target: `≤ ${maxWorkerMb} MB`,
      ok: peak <= maxWorkerMb,
    })
  } finally {
    await product.stop()
  }
}
