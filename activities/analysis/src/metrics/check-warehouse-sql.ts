import type { SqlDialect } from '../lineage/sql/dialect.ts'
import { parseAsWritten } from '../lineage/sql/parse-statement.ts'
import { isNode, judged, listOf, refused, RefusedError, type Node, type SqlVerdict } from './sql-verdict.ts'
import { warehouseFunctions } from './warehouse-functions.ts'

/**
 * Whether a query may be run as a metric on a warehouse: as `checkMetricSql` for PostgreSQL, on the tree of the parser of lineage. Everything
 * that is not known to be harmless is refused, by kind of node, by function and by table. `loadParser` has been called; it runs in
 * the process of the parser, which a text may break.
 */
export function checkWarehouseSql(sql: string, dialect: SqlDialect): SqlVerdict {
  const { statements, failure } = parseAsWritten(sql, dialect)
  if (failure) return refused(failure.message)
  return judged(statements, 'Query', (query) => {
    checkShape(query)
    checkQuery(query, { dialect, tables: new Set(), functions: warehouseFunctions.get(dialect) ?? new Set() })
  })
}

interface Scope {
  dialect: SqlDialect
  /** The names of WITH that are seen from where one stands, in lower case. */
  tables: ReadonlySet<string>
  functions: ReadonlySet<string>
}

const nodeIn = (node: unknown, key: string): Node => {
  const inner = isNode(node) ? node[key] : undefined
  return isNode(inner) ? inner : {}
}
const textOf = (ident: unknown): string => {
  const value = isNode(ident) ? ident['value'] : undefined
  return typeof value === 'string' ? value : ''
}

/** Of a UNION its first part decides what comes out. */
function checkShape(query: Node): void {
  let body = nodeIn(query, 'body')
  for (;;) {
    if ('SetOperation' in body) body = nodeIn(nodeIn(body, 'SetOperation'), 'left')
    else if ('Query' in body) body = nodeIn(nodeIn(body, 'Query'), 'body')
    else break
  }
  if ('Values' in body) throw new RefusedError('Write SELECT instead of VALUES, as select 1')
  if (!('Select' in body)) throw new RefusedError('Only SELECT is allowed, also inside of WITH')
  const items = listOf(nodeIn(body, 'Select')['projection'])
  if (items.some((item) => isNode(item) && ('Wildcard' in item || 'QualifiedWildcard' in item)))
    throw new RefusedError('Name the columns instead of *: a number, or a group and a number')
  if (items.length < 1 || items.length > 2)
    throw new RefusedError('It must return a number, or a group and a number: one or two columns')
}

/** The kinds of node that a query is made of, as the parser spells them; what writes or calls is not among them. */
const allowedNodes: ReadonlySet<string> = new Set(
  [
    'Query Select SetOperation Table Derived Function TableFunction UNNEST NestedJoin Pivot Unpivot Values Subquery InSubquery Exists',
    'UnnamedExpr ExprWithAlias Wildcard QualifiedWildcard Identifier CompoundIdentifier CompoundFieldAccess Value Number SingleQuotedString',
    'DollarQuotedString DoubleQuotedString TypedString Interval Boolean Null List Unnamed Named ExprNamed Expr Expressions All Nested Tuple',
    'BinaryOp UnaryOp IsNull IsNotNull IsTrue IsFalse IsNotTrue IsNotFalse IsDistinctFrom IsNotDistinctFrom InList InUnnest Between Like',
    'ILike RLike SimilarTo AnyOp AllOp Case Cast Extract Position Substring Trim Ceil Floor DateTimeField Scale Collate AtTimeZone',
    'JsonAccess Dot Bracket Subscript Index Array Dictionary Map String Word WindowSpec NamedWindow Preceding Following OrderBy Limit',
    'Join Inner Left LeftOuter Right RightOuter FullOuter CrossJoin Using On Natural AsOf LimitOffset Constant AfterTableAlias',
    'BeforeTableAlias Rollup Cube GroupingSets Custom ExactNumberInfo PrecisionAndScale Precision IntegerLength CharacterLength Distinct',
    'IgnoreNulls RespectNulls Struct ObjectName Having HavingBound Separator ForSystemTimeAsOf',
  ].flatMap((line) => line.split(' ')),
)
/** Types of columns are variants, too: `Int`, `TimestampNtz`, `Varchar`. */
const isType = (path: string): boolean => path === 'data_type'

function checkQuery(query: Node, outer: Scope): void {
  let scope = outer
  const list = nodeIn(query, 'with')
  if (list['recursive'] === true) throw new RefusedError('WITH RECURSIVE is not allowed')
  for (const cte of listOf(list['cte_tables'])) {
    // Not seen by itself: a query that names itself repeats without end.
    checkQuery(nodeIn(cte, 'query'), scope)
    const name = textOf(nodeIn(nodeIn(cte, 'alias'), 'name')).toLowerCase()
    scope = { ...scope, tables: new Set([...scope.tables, name]) }
  }
  if (listOf(query['locks']).length > 0)
    throw new RefusedError('FOR UPDATE and FOR SHARE are not allowed: a metric locks nothing')
  for (const [key, value] of Object.entries(query)) if (key !== 'with') checkNode(value, scope, key)
}

/** A variant is an object under its name (`{"Function": {…}}`); what it is made of has names in lower case. */
function checkNode(node: unknown, scope: Scope, path: string): void {
  if (Array.isArray(node)) {
    for (const one of node) checkNode(one, scope, path)
    return
  }
  if (!isNode(node) || path === 'select_token' || isType(path)) return
  // A query without its variant, as the parser has it within a derived table.
  if ('body' in node && 'locks' in node) return checkQuery(node, scope)
  if (isNode(node['into'])) throw new RefusedError('SELECT INTO is not allowed')
  for (const [key, value] of Object.entries(node)) {
    if (/^[A-Z]/.test(key)) checkKind(key, value, scope)
    checkNode(value, scope, key)
  }
}

function checkKind(kind: string, node: unknown, scope: Scope): void {
  if (kind === 'Placeholder') throw new RefusedError('Parameters and columns by number ($1) are not allowed')
  if (['Insert', 'Update', 'Delete', 'Merge'].includes(kind))
    throw new RefusedError('Only SELECT is allowed, also inside of WITH')
  if (!allowedNodes.has(kind)) throw new RefusedError(`${kind} is not allowed in a metric`)
  if (kind === 'Function' && isNode(node) && 'name' in node) checkFunction(node['name'], scope)
  if (kind === 'Identifier' && textOf(node).startsWith('@'))
    throw new RefusedError('Parameters and system variables (@name) are not allowed')
  if (kind === 'CompoundIdentifier') checkColumn(listOf(node).map(textOf))
  if (kind === 'Table' && isNode(node)) checkTable(node, scope)
}

/** Stands for a part of a name that is a call. */
const computed = '…'
const namesOf = (name: unknown): string[] =>
  listOf(name).map((part) => (isNode(part) && 'Identifier' in part ? textOf(part['Identifier']) : computed))

/** In quotes a name may be that of a function of the owner. */
const isQuoted = (name: unknown): boolean =>
  listOf(name).some((part) => nodeIn(part, 'Identifier')['quote_style'] != null)

function checkFunction(written: unknown, { dialect, functions }: Scope): void {
  const names = namesOf(written)
  // BigQuery: a prefix by which a built-in function gives null where it would fail.
  const [name = '', ...more] = dialect === 'bigquery' && /^safe$/i.test(names[0] ?? '') ? names.slice(1) : names
  // Time travel (`at(offset => …)`) is kept as a call.
  const isKnown = functions.has(name.toLowerCase()) || /^(at|before)$/i.test(name)
  if (more.length === 0 && isKnown && !isQuoted(written)) return
  throw new RefusedError(`The function ${names.join('.')} is not allowed in a metric`)
}

/** The next value of a sequence is written like a column. */
function checkColumn(names: readonly string[]): void {
  if (names.length > 1 && /^(nextval|currval)$/i.test(names.at(-1) ?? ''))
    throw new RefusedError(`${names.join('.')} is not allowed in a metric: it takes a value out of a sequence`)
  if (names.some((name) => name.startsWith('$')))
    throw new RefusedError('Parameters and columns by number ($1) are not allowed')
}

/** What holds tables, and what holds that, as people of a warehouse call them. */
const wordsOf = (dialect: SqlDialect) =>
  dialect === 'bigquery' ? { schema: 'dataset', database: 'project' } : { schema: 'schema', database: 'database' }

function checkTable(table: Node, scope: Scope): void {
  const written = namesOf(table['name'])
  // BigQuery: one pair of backticks may hold the whole name.
  const names = scope.dialect === 'bigquery' ? written.flatMap((part) => part.split('.')) : written
  const [name = '', schema, ...more] = names.toReversed()
  const words = wordsOf(scope.dialect)
  if (names.includes(computed))
    throw new RefusedError('A name that is computed, IDENTIFIER(…), is not allowed in a metric')
  if (names.some((part) => part.startsWith('@'))) throw new RefusedError('A metric reads tables and no stage')
  if (isNode(table['args'])) return checkFunction(table['name'], scope)
  if (names.some((part) => /^information_schema$|^__/i.test(part)))
    throw new RefusedError('A metric reads no system tables')
  if (more.length > 0) {
    const before = `${words.database} ${more.toReversed().join('.')} before ${name}`
    throw new RefusedError(`Leave out the ${before}: a metric reads its own ${words.database} only`)
  }
  if (schema === undefined && !scope.tables.has(name.toLowerCase()))
    throw new RefusedError(`Write the ${words.schema} of ${name}, as my_${words.schema}.${name}`)
}
