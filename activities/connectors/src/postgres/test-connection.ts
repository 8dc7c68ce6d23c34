import { Socket } from 'node:net'
import type { ConnectionCheck, ErrorCode } from '@plumbline/workflows'
import { ConnectorError } from '../connector-error.ts'
import { failedCheck, passedCheck, runChecks } from '../run-checks.ts'
import { isRelation, isUserSchema } from './catalog-queries.ts'
import { schemasQuery } from './scope-queries.ts'
import { connectorErrorOf } from './driver-error.ts'
import { PostgresLink, type LinkOptions } from './link.ts'
import { quoteIdentifier } from './quote.ts'

const wholeTestMs = 20_000
const reachTimeoutMs = 5_000
const statementTimeoutMs = 8_000
/** Schemas that a hint names one by one. */
const longestGrant = 20

const checkNames = ['host', 'tls', 'authentication', 'database', 'catalog', 'schemas', 'tables'] as const
type CheckName = (typeof checkNames)[number]
const untold = { tls: 'The connection was made.', authentication: 'User and password are right.' } as const

/** Where logging in fails tells how far it came: first TLS, then the role, then the database. */
const loginCheckOf: Partial<Record<ErrorCode, CheckName>> = {
  'tls-failed': 'tls',
  'database-not-found': 'database',
  'permission-denied': 'database',
}

/**
 * Tries in order: reach the host, TLS, log in, the database, its catalog, and what the role may use and read. What comes
 * after a failure is left out. Takes at most 20 s. @throws only the signal's reason
 */
export function testConnection(options: LinkOptions): Promise<ConnectionCheck[]> {
  return runChecks({
    signal: options.signal,
    limitMs: wholeTestMs,
    async tryAll(signal, checks) {
      checks.push(await reachHost(options, signal))
      await tryLogin({ ...options, signal }, checks)
    },
    errorOf: connectorErrorOf,
    failedChecks,
  })
}

async function tryLogin(options: LinkOptions, checks: ConnectionCheck[]): Promise<void> {
  const link = await PostgresLink.open(options)
  try {
    // A pooler lets everybody in and asks the server only for the first transaction.
    await using _transaction = await link.begin(statementTimeoutMs)
    checks.push(passed('tls', tlsMessage(link.tls, options.settings.sslMode)))
    checks.push(passed('authentication', `Logged in as ${options.settings.user}.`))
    checks.push(passed('database', `The database ${options.settings.database} is open.`))
    const schemas = await link.query<{ name: string; relations: number }>(schemasQuery())
    const relations = schemas.reduce((sum, schema) => sum + schema.relations, 0)
    checks.push(passed('catalog', `${relations} tables and views in ${schemas.length} schemas can be discovered.`))
    const rights = await link.query<SchemaRights>(rightsQuery)
    checks.push(usageCheck(rights, options.settings.user))
    if (checks.at(-1)?.ok) checks.push(selectCheck(rights, options.settings.user))
  } finally {
    await link.close()
  }
}

function reachHost({ settings: { host, port } }: LinkOptions, signal: AbortSignal): Promise<ConnectionCheck> {
  const { promise, resolve, reject } = Promise.withResolvers<ConnectionCheck>()
  const socket = new Socket()
  const stop = () => reject(new Error('stopped'))
  const tooSlow = () => reject(new ConnectorError('connection-timeout', `${host}:${port} does not answer.`))
  signal.addEventListener('abort', stop, { once: true })
  socket.once('error', reject).setTimeout(reachTimeoutMs, tooSlow)
  socket.connect(port, host, () => resolve(passed('host', `${host}:${port} answers.`)))
  return promise.finally(() => {
    signal.removeEventListener('abort', stop)
    socket.destroy()
  })
}

interface SchemaRights {
  schema: string
  usable: boolean
  relations: number
  readable: number
}

const rightsQuery = `
select n.nspname as schema, coalesce(has_schema_privilege(n.oid, 'usage'), true) as usable, count(c.oid)::int as relations,
  count(*) filter (where c.oid is not null and coalesce(
    has_table_privilege(c.oid, 'select') or has_any_column_privilege(c.oid, 'select'), true))::int as readable
from pg_namespace n left join pg_class c on c.relnamespace = n.oid and ${isRelation}
where ${isUserSchema}
group by n.oid, n.nspname order by n.nspname`

/** Discovery needs neither right, so a part that is missing is a hint; only nothing at all fails. */
function usageCheck(rights: readonly SchemaRights[], user: string): ConnectionCheck {
  const closed = rights.filter(({ usable }) => !usable)
  const message = `The role may use ${rights.length - closed.length} of ${rights.length} schemas.`
  const check = { name: 'schemas', ok: closed.length === 0 || closed.length < rights.length, message }
  return closed.length === 0 ? check : { ...check, hint: `GRANT USAGE ON SCHEMA ${grantTo(closed, user)}` }
}

function selectCheck(rights: readonly SchemaRights[], user: string): ConnectionCheck {
  const total = rights.reduce((sum, { relations }) => sum + relations, 0)
  const readable = rights.reduce((sum, { usable, readable: count }) => sum + (usable ? count : 0), 0)
  const closed = rights.filter((schema) => schema.readable < schema.relations)
  const message = `The role may read ${readable} of ${total} tables and views; the structure of all can be discovered.`
  const check = { name: 'tables', ok: true, message }
  if (closed.length === 0) return check
  return { ...check, hint: `GRANT SELECT ON ALL TABLES IN SCHEMA ${grantTo(closed, user)}` }
}

function grantTo(schemas: readonly SchemaRights[], user: string): string {
  const names = schemas.slice(0, longestGrant).map(({ schema }) => quoteIdentifier(schema))
  const rest = schemas.length > longestGrant ? ` -- and ${schemas.length - longestGrant} more schemas` : ''
  return `${names.join(', ')} TO ${quoteIdentifier(user)};${rest}`
}

function tlsMessage(tls: boolean, sslMode: string): string {
  if (tls) return 'The connection is encrypted.'
  return sslMode === 'disable'
    ? 'The connection is plain, as sslMode says.'
    : 'The connection is plain: the server offers no TLS.'
}

/** The check that failed, after those of logging in that had passed by then without being told. */
function failedChecks(done: number, failure: ConnectorError): ConnectionCheck[] {
  const isLogin = done === checkNames.indexOf('tls')
  const name = (isLogin ? (loginCheckOf[failure.code] ?? 'authentication') : checkNames[done]) ?? 'tables'
  const before = isLogin ? checkNames.slice(done, checkNames.indexOf(name)) : []
  return [
    ...before.flatMap((one) => (one === 'tls' || one === 'authentication' ? [passed(one, untold[one])] : [])),
    failedCheck(name, failure),
  ]
}

const passed: (name: CheckName, message: string) => ConnectionCheck = passedCheck
