import type { ConnectionCheck, ErrorCode } from '@plumbline/workflows'
import type { ConnectorError } from '../connector-error.ts'
import { failedCheck, passedCheck, runChecks } from '../run-checks.ts'
import type { ConnectOptions } from './connect.ts'
import { connectorErrorOf } from './driver-error.ts'
import { SnowflakeLink } from './link.ts'
import { foldIdentifier, quoteIdentifier, writtenIdentifier } from './quote.ts'
import { readableRelations } from './relation-privileges.ts'

const wholeTestMs = 40_000

const checkNames = [
  'account',
  'authentication',
  'role',
  'warehouse',
  'database',
  'schemas',
  'tables',
  'history',
] as const
type CheckName = (typeof checkNames)[number]

/** Where logging in fails tells how far it came. */
const loginCheckOf: Partial<Record<ErrorCode, CheckName>> = {
  'authentication-failed': 'authentication',
  'permission-denied': 'role',
}

/**
 * Tries in order: reach the account, sign in, the role, its warehouse, the database, and what of it the role sees and may read. What
 * comes after a failure is left out; a grant that is missing is named, with the SQL that gives it. @throws only the signal's reason
 */
export function testConnection(options: ConnectOptions): Promise<ConnectionCheck[]> {
  return runChecks({
    signal: options.signal,
    limitMs: wholeTestMs,
    tryAll: (signal, checks) => tryAll({ ...options, signal }, checks),
    errorOf: connectorErrorOf,
    failedChecks: (done, failure) => failedChecks(done, failure, grantsOf(options)),
  })
}

async function tryAll(options: ConnectOptions, checks: ConnectionCheck[]): Promise<void> {
  const { settings } = options
  const grants = grantsOf(options)
  const link = await SnowflakeLink.open(options)
  try {
    checks.push(passed('account', `${settings.url ?? settings.account} answers.`))
    checks.push(passed('authentication', `Signed in as ${settings.user} with ${settings.authenticator}.`))
    const [who] = await link.query<{ role: string | null; warehouse: string | null }>(
      'select current_role() as "role", current_warehouse() as "warehouse"',
    )
    checks.push(roleCheck(who?.role ?? null, grants))
    if (!checks.at(-1)?.ok) return
    checks.push(warehouseCheck(who?.warehouse ?? null, grants))
    if (!checks.at(-1)?.ok) return
    checks.push(...(await tryDatabase(link, grants)))
    if (checks.at(-1)?.ok) checks.push(await tryHistory(link, grants))
  } finally {
    await link.close()
  }
}

/** Every name as it is written in a grant. */
interface Grants {
  role: string
  user: string
  warehouse: string
  database: string
}

function grantsOf({ settings: { role, user, warehouse, database } }: ConnectOptions): Grants {
  const written = (name: string) => writtenIdentifier(foldIdentifier(name))
  return {
    role: role == null ? 'YOUR_ROLE' : written(role),
    user: written(user),
    warehouse: written(warehouse),
    database: written(database),
  }
}

function roleCheck(role: string | null, grants: Grants): ConnectionCheck {
  if (role !== null) return passed('role', `Works as the role ${role}.`)
  const hint = `ALTER USER ${grants.user} SET DEFAULT_ROLE = ${grants.role}; or name a role in the connection`
  return failed('role', 'The user has no default role and the connection names none.', hint)
}

function warehouseCheck(warehouse: string | null, grants: Grants): ConnectionCheck {
  if (warehouse !== null) return passed('warehouse', `Computes on ${warehouse}.`)
  const message = `The warehouse ${grants.warehouse} does not exist, or the role may not use it.`
  return failed('warehouse', message, usageOn('WAREHOUSE', grants.warehouse, grants))
}

async function tryDatabase(link: SnowflakeLink, grants: Grants): Promise<ConnectionCheck[]> {
  const database = quoteIdentifier(foldIdentifier(link.settings.database))
  const [found] = await link.query<{ schemas: number }>(
    `select count(*) as "schemas" from ${database}.information_schema.schemata where schema_name <> 'INFORMATION_SCHEMA'`,
  )
  const open = passed('database', `The database ${grants.database} is open.`)
  const schemas = found?.schemas ?? 0
  if (schemas === 0) {
    const hint = `GRANT USAGE ON ALL SCHEMAS IN DATABASE ${grants.database} TO ROLE ${grants.role};`
    return [open, failed('schemas', 'The role sees no schema of it.', hint)]
  }
  const [relations] = await link.query<{ count: number }>(
    `select count(*) as "count" from (
      select table_schema, table_name from ${database}.information_schema.tables
      union select table_schema, table_name from ${database}.information_schema.views
    ) where table_schema <> 'INFORMATION_SCHEMA'`,
  )
  const total = relations?.count ?? 0
  const readable = await readableRelations(link, database)
  return [
    open,
    passed('schemas', `The role sees ${schemas} of its schemas.`),
    tablesCheck(total, readable?.size, grants),
  ]
}

/** Discovery needs no right to read rows, so a part that is missing is a hint. */
function tablesCheck(total: number, readable: number | undefined, grants: Grants): ConnectionCheck {
  const all = (privilege: string) =>
    ['TABLES', 'VIEWS']
      .map((what) => `GRANT ${privilege} ON ALL ${what} IN DATABASE ${grants.database} TO ROLE ${grants.role};`)
      .join(' ')
  if (total === 0) return { ...passed('tables', 'The role sees no table and no view of it.'), hint: all('REFERENCES') }
  const message = `Tables and views whose structure can be discovered: ${total}`
  if (readable === undefined) return passed('tables', `${message}; which of them may be read is not told.`)
  const check = passed('tables', `${message}; the role may read ${Math.min(readable, total)} of them.`)
  return readable >= total ? check : { ...check, hint: all('SELECT') }
}

/** What ran before is for lineage only, and lags: without it the rest works. */
async function tryHistory(link: SnowflakeLink, grants: Grants): Promise<ConnectionCheck> {
  try {
    await link.query('select 1 as "one" from snowflake.account_usage.query_history where false')
    return passed('history', 'The history of statements can be read.')
  } catch (error) {
    const { code } = connectorErrorOf(error)
    if (code !== 'permission-denied' && code !== 'database-not-found') throw error
    const hint = `GRANT DATABASE ROLE SNOWFLAKE.GOVERNANCE_VIEWER TO ROLE ${grants.role};`
    return { ...passed('history', 'The history of statements cannot be read: only lineage would use it.'), hint }
  }
}

/** The check that failed, after those of logging in that had passed by then without being told. */
function failedChecks(done: number, failure: ConnectorError, grants: Grants): ConnectionCheck[] {
  const { code, cause } = failure
  const isLogin = done === 0
  const isWarehouse = cause instanceof Error && 'code' in cause && String(cause.code).padStart(6, '0') === noWarehouse
  const name: CheckName = isLogin
    ? (loginCheckOf[code] ?? 'account')
    : isWarehouse
      ? 'warehouse'
      : (checkNames[done] ?? 'history')
  const before = isLogin ? checkNames.slice(0, checkNames.indexOf(name)) : []
  const grant: Partial<Record<CheckName, string>> = {
    role: `GRANT ROLE ${grants.role} TO USER ${grants.user};`,
    warehouse: usageOn('WAREHOUSE', grants.warehouse, grants),
    database: usageOn('DATABASE', grants.database, grants),
  }
  const isGrant = code === 'permission-denied' || code === 'database-not-found'
  return [
    ...before.map((one) => passed(one, untold[one] ?? 'It works.')),
    failedCheck(name, failure, isGrant ? grant[name] : undefined),
  ]
}

const noWarehouse = '000606'
const untold: Partial<Record<CheckName, string>> = {
  account: 'The account answers.',
  authentication: 'User and credentials are right.',
}

const usageOn = (what: string, name: string, { role }: Grants): string =>
  `GRANT USAGE ON ${what} ${name} TO ROLE ${role};`
const passed: (name: CheckName, message: string) => ConnectionCheck = passedCheck
const failed = (name: CheckName, message: string, hint: string): ConnectionCheck => ({ name, ok: false, message, hint })
