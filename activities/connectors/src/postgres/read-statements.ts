import type { JobWarning } from '@plumbline/workflows'
import { ConnectorError } from '../connector-error.ts'
import type { SourceStatement, StatementEvent, StatementRequest } from '../connector.ts'
import { tooLongWarning } from '../too-long-warning.ts'
import { isUserSchema } from './catalog-queries.ts'
import type { PostgresLink } from './link.ts'
import { quoteIdentifier, quoteRelation } from './quote.ts'

const statementTimeoutMs = 60_000
/** Statements held at a time: some megabytes at their usual longest. */
const pageSize = 100

/** What the server counted in `pg_stat_statements`, or the bodies of functions and procedures in SQL and PL/pgSQL. */
export async function* readStatements(link: PostgresLink, request: StatementRequest): AsyncGenerator<StatementEvent> {
  try {
    yield* request.kind === 'query' ? readHistory(link, request) : readRoutines(link, request)
  } catch (error) {
    const warning = warningOf(error, request.kind)
    if (!warning) throw error
    yield { kind: 'warnings', warnings: [warning] }
  }
}

interface HistoryState {
  schema: string | null
  role: string
  readable: boolean
}

const historyStateQuery = `
select (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'pg_stat_statements') as schema,
  current_user as role, pg_has_role('pg_read_all_stats', 'usage') as readable`

/**
 * Statements of this database that may fill a table: what Plumbline itself runs only reads, by cursors often. Definitions of views
 * and routines are read from the catalog.
 */
const isWriting = `dbid = (select oid from pg_database where datname = current_database())
  and (query ~* '\\m(insert|update|merge|into)\\M' or query ~* '\\mcreate\\M.*\\mtable\\M.*\\mas\\M')
  and query !~* '^\\s*(declare|create\\s+(or\\s+replace\\s+)?(function|procedure|view|trigger|rule|extension))\\M'`

/** Of the same text by several roles the calls are added up. A role without `pg_read_all_stats` sees its own texts only. */
const historyQuery = (view: string, { limit, maxLength }: StatementRequest) => `
select '' as id, '' as name, query as text, sum(calls)::float8 as calls, null::text as path
from ${view} where ${isWriting} and length(query) <= ${maxLength}
group by query order by sum(calls) desc, query limit ${limit}`

async function* readHistory(link: PostgresLink, request: StatementRequest): AsyncGenerator<StatementEvent> {
  await using _transaction = await link.begin(statementTimeoutMs)
  const [state] = await link.query<HistoryState & Record<string, unknown>>(historyStateQuery)
  if (!state?.schema) return yield { kind: 'warnings', warnings: [notInstalled] }
  const view = quoteRelation(state.schema, 'pg_stat_statements')
  yield* pagesOf(link, historyQuery(view, request))
  const [skipped] = await link.query<{ count: number }>(
    `select count(*)::int as count from ${view} where ${isWriting} and length(query) > $1`,
    [request.maxLength],
  )
  const warnings = [
    ...(state.readable ? [] : [ownOnly(state.role)]),
    ...((skipped?.count ?? 0) > 0 ? [tooLongWarning(skipped?.count ?? 0, 'query history', request.maxLength)] : []),
  ]
  if (warnings.length > 0) yield { kind: 'warnings', warnings }
}

/** Whose body everybody may read; members of extensions are not the source's own. */
const isRoutine = `${isUserSchema} and l.lanname in ('sql', 'plpgsql') and p.prokind in ('f', 'p')
  and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`
const routineTables = `pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang`

/** From 14 the body of a function may be kept as a tree instead of a text. */
const bodyOf = (version: number) =>
  version >= 140_000 ? 'coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)' : 'p.prosrc'

async function* readRoutines(link: PostgresLink, request: StatementRequest): AsyncGenerator<StatementEvent> {
  await using _transaction = await link.begin(statementTimeoutMs)
  const [server] = await link.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)
  const body = bodyOf(server?.version ?? 0)
  yield* pagesOf(
    link,
    `select p.oid::text as id, n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name,
      ${body} as text, null::float8 as calls,
      (select substr(setting, 13) from unnest(p.proconfig) setting where setting like 'search_path=%' limit 1) as path
    from ${routineTables}
    where ${isRoutine} and length(${body}) <= ${request.maxLength}
    order by p.oid limit ${request.limit}`,
  )
  const [skipped] = await link.query<{ count: number }>(
    `select count(*)::int as count from ${routineTables} where ${isRoutine} and length(${body}) > $1`,
    [request.maxLength],
  )
  const count = skipped?.count ?? 0
  if (count > 0) yield { kind: 'warnings', warnings: [tooLongWarning(count, 'routines', request.maxLength)] }
}

interface StatementRow {
  id: string
  name: string
  text: string
  calls: number | null
  path: string | null
}

async function* pagesOf(link: PostgresLink, query: string): AsyncGenerator<StatementEvent> {
  await link.query(`declare statements no scroll cursor for ${query}`)
  for (;;) {
    const rows = await link.query<StatementRow & Record<string, unknown>>(`fetch ${pageSize} from statements`)
    if (rows.length > 0) yield { kind: 'statements', statements: rows.map(statementOf) }
    if (rows.length < pageSize) return
  }
}

const statementOf = ({ id, name, text, calls, path }: StatementRow): SourceStatement => ({
  externalId: id,
  name,
  text,
  calls,
  searchPath: path === null ? null : schemasIn(path),
})

/** `"$user"` is a schema of whoever calls: it is nobody's here. */
const schemasIn = (path: string): string[] =>
  [...path.matchAll(/"((?:[^"]|"")*)"|([^,\s"]+)/g)]
    .map(([, quoted, bare]) => (quoted === undefined ? (bare ?? '').toLowerCase() : quoted.replaceAll('""', '"')))
    .filter((schema) => schema !== '' && schema !== '$user')

const notInstalled: JobWarning = {
  code: 'history-not-readable',
  object: 'query history',
  message:
    'The extension pg_stat_statements is not installed, so statements that ran are not traced. Put it into ' +
    'shared_preload_libraries, restart the server and run CREATE EXTENSION pg_stat_statements; in this database',
}

const ownOnly = (role: string): JobWarning => ({
  code: 'history-not-readable',
  object: 'query history',
  message: `Only statements of the role itself are traced: GRANT pg_read_all_stats TO ${quoteIdentifier(role)};`,
})

/** Those after which the session can go on, and the job without this part. */
function warningOf(error: unknown, kind: StatementRequest['kind']): JobWarning | undefined {
  if (!(error instanceof ConnectorError)) return undefined
  const { code, message } = error
  if (code !== 'permission-denied' && code !== 'source-failed' && code !== 'statement-timeout') return undefined
  if (kind === 'function') return { code: 'routines-not-readable', object: 'routines', message }
  const how =
    code === 'permission-denied'
      ? 'GRANT SELECT ON pg_stat_statements to the role of the connection, and GRANT pg_read_all_stats to it'
      : 'look whether pg_stat_statements is in shared_preload_libraries'
  return {
    code: 'history-not-readable',
    object: 'query history',
    message: `The query history could not be read (${message}): ${how}`,
  }
}
