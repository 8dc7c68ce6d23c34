import { migrate } from '@plumbline/store'
import { Client, escapeIdentifier } from 'pg'

const recordName = 'plumbline'

/**
 * Makes the record's database on the embedded Postgres when it is missing.
 * @returns its URL
 */
export async function ensureRecord(serverUrl: string): Promise<string> {
  await withClient(serverUrl, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [recordName])
    if (found.rowCount) return
    await client.query(`create database ${escapeIdentifier(recordName)}`)
    // Roles of the sample warehouse share the server: the record is none of their business.
    await client.query(`revoke connect on database ${escapeIdentifier(recordName)} from public`)
  })
  return databaseUrl(serverUrl, recordName)
}

/** Brings the record to its newest tables. @returns how many migrations were run */
export async function migrateRecord(url: string): Promise<number> {
  return (await migrate(url)).length
}

/** The same server, another database. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

/** An address as it may be shown. */
export function withoutPassword(address: string): string {
  const url = new URL(address)
  url.password = ''
  return url.href
}

export async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'plumbline start' })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
