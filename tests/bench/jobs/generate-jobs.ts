import { readFile } from 'node:fs/promises'
import { jobTypes } from '@plumbline/workflows'
import { Client } from 'pg'

/** Rows a call: short enough that two connections stay busy to the end. */
const chunk = 50_000
const connections = 2

const definitions = new URL('generate-jobs.sql', import.meta.url)

/**
 * Fills an empty record with `size` jobs, a multiple of 100: a year of two organizations' work with its chains, children,
 * failures and a queue. Indexes are made afterwards, triggers and foreign keys do not run: what they keep is made at the end.
 */
export async function generateJobs(databaseUrl: string, size: number): Promise<void> {
  const until = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString()
  await withClient(databaseUrl, async (client) => {
    await client.query(await readFile(definitions, 'utf8'))
    await client.query('call generated.load_catalog()')
    await client.query('analyze asset')
    const indexes = await dropIndexes(client)
    let next = 0
    await inParallel(databaseUrl, async (loader) => {
      await loader.query('set session_replication_role = replica')
      for (let first = next; first < size; first = next) {
        next += chunk
        await loader.query('call generated.load_jobs($1, $2, $3, $4, $5)', [
          first,
          Math.min(next, size),
          size,
          until,
          jobTypes,
        ])
      }
    })
    await client.query('call generated.load_phrases()')
    await inParallel(databaseUrl, async (builder) => {
      await builder.query(`set maintenance_work_mem = '1GB'`)
      for (let index = indexes.shift(); index !== undefined; index = indexes.shift()) await builder.query(index)
    })
    await client.query(countJobs)
    await client.query('vacuum analyze')
  })
}

/** As the migration that made the rollup counted what was there. */
const countJobs = `
  insert into job_count (organization_id, scope_id, type, state, trigger_kind, jobs)
  select organization_id, coalesce(database_id, organization_id), type, state, trigger_kind, count(*) from job
  group by organization_id, type, state, trigger_kind, grouping sets ((database_id), ())`

/** @returns the statements that make them again, the one that takes longest first */
async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'job' and indexname <> 'job_pkey' order by indexdef like '%gin%' desc, indexname`)
  for (const { name } of rows) await client.query(`drop index ${client.escapeIdentifier(name)}`)
  return rows.map((row) => row.definition)
}

async function inParallel(databaseUrl: string, work: (client: Client) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: connections }, () => withClient(databaseUrl, work)))
}

export async function withClient<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
