import { observationQuery } from '@plumbline/connectors/postgres/statements'
import { createDatabaseOn, createRecordOn } from '../../support/databases.ts'
import { startProductOn, type JobAnswer, type Product } from '../../support/product.ts'
import type { Servers } from '../../support/servers.ts'
import { inSource } from '../../support/source.ts'
import { makeLargeSource } from '../discovery/large-source.ts'
import { median } from '../figures.ts'
import { needPsql, timePsql } from '../psql.ts'
import type { Report } from '../report.ts'

const tables = 5_000
const rounds = 3
const limitMs = 2_000
/** Of every so many tables one is written to between two checks. */
const changedEvery = 10

/**
 * A freshness check of 5,000 tables as a job, beside psql with its one catalog query on the same server: the first, which reads the
 * newest row of every table by its index; one after a tenth of the tables were written to; and one after nothing was.
 */
export async function benchFreshness(servers: Servers, report: Report): Promise<void> {
  needPsql()
  const sourceUrl = await createDatabaseOn(servers.postgresUrl)
  await makeLargeSource(sourceUrl, { tables, foreignKeys: 0, views: 0 })
  await inSource(sourceUrl, withTimes)
  const product = await startProductOn({
    databaseUrl: await createRecordOn(servers.postgresUrl),
    temporalAddress: servers.temporalAddress,
    namespace: 'default',
  })
  try {
    await product.startWorker()
    const times = { psql: [] as number[], first: [] as number[], changed: [] as number[], unchanged: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      const { rootAssetId } = await product.connect(`round ${round}`, sourceUrl)
      await run(product, 'schema_discovery', rootAssetId, { followUps: [] })
      times.psql.push(await timePsql(sourceUrl, [oneCatalogQuery]))
      times.first.push(checkedAll(await run(product, 'freshness_check', rootAssetId), tables))
      await inSource(sourceUrl, someWrites)
      times.changed.push(checkedAll(await run(product, 'freshness_check', rootAssetId), tables / changedEvery))
      times.unchanged.push(checkedAll(await run(product, 'freshness_check', rootAssetId), 0))
    }
    const psql = median(times.psql)
    const add = (name: string, values: number[]) =>
      report.add({
        name,
        figure: `${Math.round(median(values))} ms`,
        target: `≤ ${limitMs} ms beside one catalog query`,
        reference: `the query by psql ${Math.round(psql)} ms`,
        ok: median(values) <= limitMs + psql,
      })
    add(`freshness of ${tables} tables, the first time: the newest row of each is read`, times.first)
    add(`freshness of ${tables} tables, ${tables / changedEvery} of them written to`, times.changed)
    add(`freshness of ${tables} tables, nothing written`, times.unchanged)
  } finally {
    await product.stop()
  }
}

/** A check that read fewer rows than it should would be measured too fast. */
function checkedAll({ counts, durationMs }: JobAnswer, reads: number): number {
  if (counts['tables'] !== tables || (counts['read'] ?? 0) < reads || durationMs === null)
    throw new Error(`the check does not count: ${JSON.stringify(counts)}`)
  return durationMs
}

const oneCatalogQuery = observationQuery
  .replaceAll(
    '$1::oid[]',
    `array(select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema')`,
  )
  // All are there by their ids: no name is looked for.
  .replaceAll(/\$[23]::name/g, `'{}'::name`)

const eachTable = (statement: string) => `
  do $$
  declare t regclass; place int = 0;
  begin
    for t in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by c.oid loop
      place = place + 1;
      ${statement}
      if place % 500 = 0 then commit; end if;
    end loop;
  end $$`

const withTimes = eachTable(`
      execute format('alter table %s add updated_at timestamptz', t);
      execute format('create index on %s (updated_at)', t);`)
const someWrites = eachTable(`
      if place % ${changedEvery} = 0 then
        execute format('update %s set updated_at = now()', t);
        execute format('insert into %s (id, updated_at) select coalesce(max(id), 0) + 1, now() from %s', t, t);
      end if;`)

async function run(product: Product, type: string, assetId: string, config: object = {}): Promise<JobAnswer> {
  const { id } = await product.start(type, assetId, config)
  for (;;) {
    const job = await product.job(id)
    if (job.status === 'completed') return job
    if (job.status !== 'pending' && job.status !== 'running') throw new Error(`${job.status}: ${job.message}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
