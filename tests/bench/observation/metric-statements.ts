import { createDatabaseOn, createRecordOn } from '../../support/databases.ts'
import { startProductOn } from '../../support/product.ts'
import type { Servers } from '../../support/servers.ts'
import { inSource } from '../../support/source.ts'
import { ended } from '../ended-job.ts'
import type { Report } from '../report.ts'
import { scansOf } from '../source-scans.ts'

const tables = 500
const rows = 500

/** Tables of ten columns of the types there are, each with some rows. */
const source = `
  create schema shop;
  do $$
  begin
    for n in 1..${tables} loop
      execute format('create table shop.t%s as select i as id, i %% 7 as kind, i * 1.5 as amount, random() as share,
        ''name '' || i as name, md5(i::text) as code, now() - i * interval ''1 hour'' as at, current_date - i as day,
        i %% 2 = 0 as ok, gen_random_uuid() as ref from generate_series(1, ${rows}) i', n);
    end loop;
  end $$`

/**
 * Metrics of 500 tables × 10 columns as a job. The statements that read data are counted by the source itself: each scans its
 * table once from the beginning, and nothing else scans it.
 */
export async function benchMetricStatements(servers: Servers, report: Report): Promise<void> {
  const sourceUrl = await createDatabaseOn(servers.postgresUrl)
  await inSource(sourceUrl, source)
  const product = await startProductOn({
    databaseUrl: await createRecordOn(servers.postgresUrl),
    temporalAddress: servers.temporalAddress,
    namespace: 'default',
  })
  try {
    await product.startWorker()
    const { rootAssetId } = await product.connect('metrics', sourceUrl)
    await ended(product, await product.start('schema_discovery', rootAssetId, { followUps: [] }))
    const before = await scansOf(sourceUrl)
    const job = await ended(product, await product.start('metric_capture', rootAssetId))
    const scans = (await scansOf(sourceUrl)) - before
    report.add({
      name: `data statements for metrics of ${tables} tables × 10 columns`,
      figure: `${job.counts['statements']}, and ${scans} scans in the source; ${job.counts['points']} values in ${((job.durationMs ?? 0) / 1000).toFixed(1)} s`,
      target: `≤ ${tables}`,
      ok: (job.counts['statements'] ?? Infinity) <= tables && scans <= tables && job.counts['measured'] === tables,
    })
  } finally {
    await product.stop()
  }
}
