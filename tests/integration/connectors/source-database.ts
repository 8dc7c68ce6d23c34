import { readFile } from 'node:fs/promises'
import {
  connectorFor,
  type ConnectionTarget,
  type OpenOptions,
  type RelationRef,
  type Session,
} from '@plumbline/connectors'
import { Client } from 'pg'

export const postgres = await connectorFor('postgres')
/** The password of the roles that tests make. */
export const rolePassword = 'never-to-be-seen-4711'

/** A database as the connector is told of it: as its owner, or as a role made with `rolePassword`. */
export function targetOf(url: string, settings: Record<string, unknown> = {}): ConnectionTarget {
  const { hostname, port, pathname, username, password: owners } = new URL(url)
  const password = settings['user'] === undefined ? decodeURIComponent(owners) : rolePassword
  const own = { host: hostname, port: Number(port), database: pathname.slice(1), user: decodeURIComponent(username) }
  return { settings: postgres.parseSettings({ ...own, ...settings }), credentials: { password } }
}

/** Relations by their identity, which is all that Postgres goes by. */
export const relationRefs = (ids: readonly string[]): RelationRef[] =>
  ids.map((externalId) => ({ externalId, schema: '', name: '' }))

export function optionsWith(signal: AbortSignal = new AbortController().signal): OpenOptions {
  return { label: 'plumbline connector test', signal }
}

export async function withSession<Result>(
  target: ConnectionTarget,
  use: (session: Session) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const session = await postgres.open(target, optionsWith(signal))
  try {
    return await use(session)
  } finally {
    await session.close()
  }
}

/** Runs statements as the owner of the database. */
export async function execute(url: string, statements: string): Promise<void> {
  await using owner = await connectTo(url)
  await owner.client.query(statements)
}

export async function connectTo(url: string): Promise<AsyncDisposable & { client: Client }> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return { client, [Symbol.asyncDispose]: () => client.end() }
}

export async function executeFile(url: string, name: string): Promise<void> {
  await execute(url, await readFile(new URL(name, import.meta.url), 'utf8'))
}

/** The statements of the connector that the server is working on. */
export async function running(url: string): Promise<string[]> {
  await using owner = await connectTo(url)
  const { rows } = await owner.client.query<{ query: string }>(
    `select query from pg_stat_activity where datname = current_database() and state = 'active'
       and application_name like 'plumbline%'`,
  )
  return rows.map(({ query }) => query)
}

/** What a call that fails later throws, without leaving the rejection unhandled until somebody looks. */
export async function rejectionOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('the call did not fail')
}
