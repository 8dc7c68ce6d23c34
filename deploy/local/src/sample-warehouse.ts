import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { escapeIdentifier, escapeLiteral, type Client } from 'pg'
import { databaseUrl, withClient } from './record.ts'

export const sampleDatabase = 'sample_shop'
/** Reads nearly all of it, writes nothing. */
export const sampleRole = 'sample_reader'

/**
 * Makes the sample warehouse on the embedded Postgres when it is missing, and gives its role this password.
 * It is filled under another name and renamed, so that a start that is cut off leaves no half of it.
 */
export async function ensureSampleWarehouse(serverUrl: string, password: string): Promise<void> {
  await withClient(serverUrl, async (server) => {
    await ensureRole(server, password)
    if (await exists(server, 'pg_database', 'datname', sampleDatabase)) return
    const half = `${sampleDatabase}_new`
    await server.query(`drop database if exists ${escapeIdentifier(half)}`)
    await server.query(`create database ${escapeIdentifier(half)}`)
    // By its id, which the other name leaves as it is.
    await server.query(`alter database ${escapeIdentifier(half)} set pg_stat_statements.track = 'top'`)
    const script = readFileSync(join(import.meta.dirname, 'sample-warehouse.sql'), 'utf8')
    await withClient(databaseUrl(serverUrl, half), (database) => database.query(script))
    await server.query(`alter database ${escapeIdentifier(half)} rename to ${escapeIdentifier(sampleDatabase)}`)
  })
}

async function ensureRole(server: Client, password: string): Promise<void> {
  const verb = (await exists(server, 'pg_roles', 'rolname', sampleRole)) ? 'alter' : 'create'
  await server.query(
    `${verb} role ${escapeIdentifier(sampleRole)} login nosuperuser password ${escapeLiteral(password)}`,
  )
  // Else it would see only statements of its own, and those write nothing.
  await server.query(`grant pg_read_all_stats to ${escapeIdentifier(sampleRole)}`)
}

async function exists(
  server: Client,
  catalog: 'pg_database' | 'pg_roles',
  column: 'datname' | 'rolname',
  name: string,
): Promise<boolean> {
  const found = await server.query(`select 1 from ${catalog} where ${column} = $1`, [name])
  return found.rows.length > 0
}
