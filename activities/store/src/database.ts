import { Kysely, PostgresDialect } from 'kysely'
import { Pool, TypeOverrides, types as pgTypes } from 'pg'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>

export interface DatabaseOptions {
  url: string
  /** Connections held at most; the record's writes are short, a few serve many jobs. */
  poolSize: number
  /** Shown in pg_stat_activity. */
  applicationName: string
}

/** int8 as a number: our counts and durations stay far below 2^53. */
const types = new TypeOverrides()
types.setTypeParser(pgTypes.builtins.INT8, Number)

/**
 * Connections that stay open however long nothing is asked: a new one takes twenty milliseconds until it has signed in and planned what
 * a request asks, and whoever comes after a pause would wait for it.
 */
const keptOpen = 3

/**
 * The record. A statement that takes longer than 30 s is given up, so that a stuck lock never holds a worker; a pool that
 * has no free connection within 10 s says so instead of queueing for ever.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize,
    min: Math.min(keptOpen, options.poolSize),
    application_name: options.applicationName,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    types,
    // A page read at random costs hardly more than the next one, on a solid-state disk as in memory: the planner's default, made
    // for turning disks, would read whole tables and bitmaps where an index leads to the few rows of a page.
    options: '-c random_page_cost=1.1',
  })
  // An idle connection that breaks is replaced at the next query, which then tells its caller.
  pool.on('error', () => undefined)
  // Nor may one that breaks between two statements of a transaction end the process: its next statement tells.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
