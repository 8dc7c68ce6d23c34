import type { SqlDialect } from '../lineage/sql/dialect.ts'
import { createLineageParser } from '../lineage/process/lineage-parser.ts'
import { allowedFunctions } from './allowed-functions.ts'
import { isNode, judged, listOf, refused, RefusedError, type Node, type SqlVerdict } from './sql-verdict.ts'

/**
 * Whether a query may be run as a metric: one SELECT that returns a number, or a group and a number, and does nothing else.
 * Parsed by Postgres' own parser, for a warehouse by that of lineage (`check-warehouse-sql.ts`); then everything that is not known to be harmless is refused, by kind of node and by function,
 * so that what a later version adds is refused as well. That it runs read only, in a transaction that is rolled back, with a
 * time limit, is the second wall and not this one's excuse.
 */
export async function checkMetricSql(sql: string, dialect: SqlDialect): Promise<SqlVerdict> {
  if (sql.includes('\0')) return refused('It holds a NUL character')
  if (sql.trim() === '') return refused('It holds no statement')
  return dialect === 'postgres' ? checkPostgresSql(sql) : checkInProcess(sql, dialect)
}

/** A process for one query: they are defined by hand, and each is small. */
async function checkInProcess(sql: string, dialect: SqlDialect): Promise<SqlVerdict> {
  const parser = createLineageParser()
  try {
    return await parser.checkQuery(sql, dialect)
  } finally {
    await parser.close()
  }
}

async function checkPostgresSql(sql: string): Promise<SqlVerdict> {
  const parsed = await parse(sql)
  if ('message' in parsed) return refused(parsed.message)
  return judged(parsed.statements, 'SelectStmt', (select) => {
    checkShape(select)
    checkNode(select, { tables: new Set() })
  })
}

/** The parser comes with the first query: its memory is 128 MB of address space, and most processes never ask it. */
async function parse(sql: string): Promise<{ statements: unknown[] } | { message: string }> {
  const { hasSqlDetails, loadModule, parseSync } = await import('libpg-query')
  await loadModule()
  try {
    return { statements: (parseSync(sql).stmts ?? []).map(({ stmt }) => stmt) }
  } catch (error) {
    if (!hasSqlDetails(error)) throw error
    const at = error.sqlDetails?.cursorPosition ?? 0
    return { message: at > 0 ? `${error.message} (character ${at})` : error.message }
  }
}

/** Of a UNION its first part decides what comes out. */
function checkShape(select: Node): void {
  let first = select
  while (isNode(first['larg'])) first = first['larg']
  if ('valuesLists' in first) throw new RefusedError('Write SELECT instead of VALUES, as select 1')
  const targets = listOf(first['targetList'])
  if (targets.some(isStar)) throw new RefusedError('Name the columns instead of *: a number, or a group and a number')
  if (targets.length < 1 || targets.length > 2) {
    throw new RefusedError('It must return a number, or a group and a number: one or two columns')
  }
}

function isStar(target: unknown): boolean {
  const column = isNode(target) && isNode(target['ResTarget']) ? target['ResTarget']['val'] : undefined
  const reference = isNode(column) ? column['ColumnRef'] : undefined
  return isNode(reference) && listOf(reference['fields']).some((field) => isNode(field) && 'A_Star' in field)
}

/** The kinds of node that a query is made of, as the parser spells them. A statement inside of another is one as well. */
const allowedNodes: ReadonlySet<string> = new Set(
  [
    'SelectStmt ResTarget ColumnRef A_Star A_Const A_Expr BoolExpr FuncCall NamedArgExpr TypeCast TypeName RangeVar',
    'RangeSubselect RangeFunction RangeTableSample JoinExpr SubLink CaseExpr CaseWhen NullTest BooleanTest CoalesceExpr',
    'MinMaxExpr SortBy CommonTableExpr WindowDef GroupingSet GroupingFunc SQLValueFunction CollateClause Alias',
    'A_ArrayExpr A_Indirection A_Indices RowExpr List String Integer Float Boolean BitString',
  ].flatMap((line) => line.split(' ')),
)

/** Values that say who asks, not what is in the data; the times among them are fine. */
const allowedValueFunction = /^SVFOP_(CURRENT_DATE|CURRENT_TIME|CURRENT_TIMESTAMP|LOCALTIME|LOCALTIMESTAMP)(_N)?$/

/** The names of WITH that are seen from where one stands. */
interface Scope {
  tables: ReadonlySet<string>
}

/** A node is an object under its kind (`{"FuncCall": {…}}`), or plain where the grammar leaves no choice of kind. */
function checkNode(node: unknown, scope: Scope): void {
  if (Array.isArray(node)) {
    for (const one of node) checkNode(one, scope)
    return
  }
  if (!isNode(node)) return
  refuseClauses(node)
  const inner = scopeOf(node, scope)
  for (const [key, value] of Object.entries(node)) {
    if (/^[A-Z]/.test(key)) checkKind(key, value, inner)
    checkNode(value, inner)
  }
}

/**
 * All names of a WITH, also for its own queries, in which the name may still mean a table. Without a schema that can only be one of
 * the system, and these begin with pg_: no name of a WITH may.
 */
function scopeOf(node: Node, scope: Scope): Scope {
  const clause = node['withClause']
  if (!isNode(clause)) return scope
  if (clause['recursive'] === true) throw new RefusedError('WITH RECURSIVE is not allowed: it may never end')
  const names = listOf(clause['ctes']).flatMap((cte) => {
    const one = isNode(cte) ? cte['CommonTableExpr'] : undefined
    return isNode(one) && typeof one['ctename'] === 'string' ? [one['ctename']] : []
  })
  const taken = names.find((name) => /^pg_/i.test(name))
  if (taken !== undefined) throw new RefusedError(`${taken}: names of WITH that begin with pg_ are not allowed`)
  return { tables: new Set([...scope.tables, ...names]) }
}

function refuseClauses(node: Node): void {
  if ('intoClause' in node) throw new RefusedError('SELECT INTO is not allowed')
  if ('lockingClause' in node)
    throw new RefusedError('FOR UPDATE and FOR SHARE are not allowed: a metric locks nothing')
}

function checkKind(kind: string, node: unknown, scope: Scope): void {
  if (!allowedNodes.has(kind)) {
    if (kind.endsWith('Stmt')) throw new RefusedError('Only SELECT is allowed, also inside of WITH')
    if (kind === 'ParamRef') throw new RefusedError('Parameters ($1) are not allowed')
    throw new RefusedError(`${kind} is not allowed in a metric`)
  }
  if (!isNode(node)) return
  if (kind === 'FuncCall') checkFunction(namesOf(node['funcname']))
  if (kind === 'A_Expr') checkOperator(namesOf(node['name']))
  if (kind === 'SubLink') checkOperator(namesOf(node['operName']))
  // `(10::float8).pg_sleep` calls the function.
  if (kind === 'A_Indirection' && namesOf(node['indirection']).length > 0) {
    throw new RefusedError('Fields of composite values, (a).b, are not allowed in a metric')
  }
  if (kind === 'RangeVar') checkTable(node, scope)
  if (kind === 'RangeTableSample')
    checkFunctionName(namesOf(node['method']), new Set(['system', 'bernoulli']), 'TABLESAMPLE')
  if (kind === 'SQLValueFunction' && !allowedValueFunction.test(String(node['op']))) {
    throw new RefusedError('Only dates and times are allowed among CURRENT_…')
  }
}

const namesOf = (list: unknown): string[] =>
  listOf(list).flatMap((part) => {
    const text = isNode(part) ? part['String'] : undefined
    return isNode(text) && typeof text['sval'] === 'string' ? [text['sval']] : []
  })

function checkFunction(names: string[]): void {
  checkFunctionName(names, allowedFunctions, 'The function')
}

/** Without a schema a name means the built-in one: the search path is empty when the query runs. */
function checkFunctionName(names: string[], allowed: ReadonlySet<string>, what: string): void {
  const [name = '', schema = 'pg_catalog', ...more] = names.toReversed()
  if (schema === 'pg_catalog' && more.length === 0 && allowed.has(name)) return
  throw new RefusedError(`${what} ${names.join('.')} is not allowed in a metric`)
}

/** The grammar names some built-in operators itself; a person's is one of a schema. */
function checkOperator(names: string[]): void {
  if (names.length <= 1 || (names.length === 2 && names[0] === 'pg_catalog')) return
  throw new RefusedError(`The operator ${names.join('.')} is not allowed in a metric`)
}

function checkTable(table: Node, { tables }: Scope): void {
  const { catalogname: database, schemaname: schema } = table
  const name = typeof table['relname'] === 'string' ? table['relname'] : ''
  if (typeof database === 'string') {
    throw new RefusedError(`Leave out the database ${database} before ${name}: a metric reads its own database only`)
  }
  if (typeof schema !== 'string') {
    if (tables.has(name)) return
    throw new RefusedError(`Write the schema of ${name}, as public.${name}`)
  }
  if (/^pg_|^information_schema$/i.test(schema)) throw new RefusedError('A metric reads no system tables')
}
