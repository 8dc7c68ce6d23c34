import { foldIdentifier, type SqlDialect } from './dialect.ts'
import { provenanceOf } from './expression.ts'
import { matchedRows } from './match-recognize.ts'
import { eitherOf, nothing, type Provenance } from './provenance.ts'
import { closed, columnOf, findColumn, oneOf, renamed, type Relation, type Rows } from './relation.ts'
import { pivoted, unpivoted } from './pivot.ts'
import { noteRead, type Resolution } from './resolution.ts'
import { emptyScope, findCte, relationAt, resolvePath, starRows, type Scope } from './scope.ts'
import { partsOf, rowsOfTable, type NamedTable } from './session.ts'
import { tableFunction, unnest } from './table-function.ts'
import {
  childrenOf,
  identsOf,
  isNode,
  identifierOf,
  type DeclaredTable,
  type Ident,
  type ObjectName,
  type TableAlias,
  type TableFactor,
  type TableWithJoins,
  type Tree,
} from './tree.ts'

interface From {
  relations: readonly Relation[]
  merged: ReadonlyMap<string, Provenance>
}

/** Everything a FROM clause brings into scope. A later item may use those before it where it is lateral. */
export function fromClause(tables: readonly TableWithJoins[], outer: Scope, resolution: Resolution): From {
  return tables.reduce<From>((before, table) => joined(table, before, outer, resolution), {
    relations: [],
    merged: new Map(),
  })
}

function joined(table: TableWithJoins, before: From, outer: Scope, resolution: Resolution): From {
  const scopeOf = ({ relations, merged }: From): Scope => ({
    ...emptyScope,
    relations,
    merged,
    parent: outer,
    ctes: outer.ctes,
  })
  const first = relationsOf(table.relation, scopeOf(before), outer, resolution)
  let own: From = first
  for (const { relation, join_operator } of table.joins) {
    const sofar = {
      relations: [...before.relations, ...own.relations],
      merged: new Map([...before.merged, ...own.merged]),
    }
    const right = relationsOf(relation, scopeOf(sofar), outer, resolution)
    const { kind, constraint } = joinOf(join_operator)
    const names = sharedNames(constraint, own, right)
    const merged = new Map([...own.merged, ...right.merged])
    for (const name of names) merged.set(name.toLowerCase(), mergedColumn(name, kind, own, right))
    // The right side of a semi join decides rows and has no columns.
    own = { relations: /Semi|Anti/.test(kind) ? own.relations : [...own.relations, ...right.relations], merged }
    const conditions = scopeOf({ relations: [...sofar.relations, ...right.relations], merged })
    resolution.indirect.push(...provenanceOf(conditionsIn(join_operator), conditions, resolution).origins)
    for (const name of names) resolution.indirect.push(...sides(name, own, right).flatMap(({ origins }) => origins))
  }
  return { relations: [...before.relations, ...own.relations], merged: new Map([...before.merged, ...own.merged]) }
}

/** `{Left: {Using: […]}}`, `{AsOf: {match_condition, constraint}}`, `'CrossJoin'`. */
function joinOf(operator: Tree): { kind: string; constraint: Tree } {
  if (!isNode(operator)) return { kind: typeof operator === 'string' ? operator : '', constraint: null }
  const [kind = ''] = Object.keys(operator)
  const constraint = operator[kind]
  return { kind, constraint: isNode(constraint) && 'constraint' in constraint ? constraint['constraint'] : constraint }
}

function conditionsIn(operator: Tree): Tree {
  if (!isNode(operator)) return null
  const { constraint } = joinOf(operator)
  const content = Object.values(operator)[0]
  return [isNode(constraint) ? constraint['On'] : null, isNode(content) ? content['match_condition'] : null]
}

function sharedNames(constraint: Tree, left: From, right: From): string[] {
  if (constraint === 'Natural') {
    const known = new Set([
      ...left.merged.keys(),
      ...left.relations.flatMap(({ columns }) => columns.map(({ name }) => name.toLowerCase())),
    ])
    return right.relations
      .flatMap(({ columns }) => columns.map(({ name }) => name))
      .filter((name) => known.has(name.toLowerCase()))
  }
  const using = isNode(constraint) ? childrenOf(constraint['Using']) : []
  return using.flatMap((name) => identifierOf(childrenOf(name)[0])?.value ?? [])
}

function sideOf(name: string, { relations, merged }: From): Provenance | null {
  const known = merged.get(name.toLowerCase())
  if (known) return known
  const certain = relations.flatMap((relation) => findColumn(relation, name)?.provenance ?? [])
  return oneOf(
    certain.length > 0
      ? certain
      : relations.flatMap((relation) => (relation.weak ? [] : (columnOf(relation, name) ?? []))),
  )
}

const sides = (name: string, left: From, right: From): Provenance[] =>
  [left, right].flatMap((side) => sideOf(name, side) ?? [])

/** The value of a shared column is that of the side that always has one; of both in a full join. */
function mergedColumn(name: string, kind: string, left: From, right: From): Provenance {
  if (kind.startsWith('Full')) return eitherOf(sides(name, left, right))
  const [first, second] = kind.startsWith('Right') ? [right, left] : [left, right]
  return sideOf(name, first) ?? sideOf(name, second) ?? nothing
}

function relationsOf(factor: TableFactor, siblings: Scope, outer: Scope, resolution: Resolution): From {
  const one = (relation: Relation): From => ({ relations: [relation], merged: new Map() })
  const call = (name: string, args: readonly Tree[], alias: TableAlias | null | undefined, numbered = false) =>
    one(tableFunction({ name, args, alias, numbered }, siblings, resolution))

  if (factor.Derived) {
    const { lateral, subquery, alias } = factor.Derived
    return one(aliased(resolution.query(subquery, lateral ? siblings : outer), alias, resolution))
  }
  if (factor.NestedJoin) return nested(factor.NestedJoin, siblings, outer, resolution)
  if (factor.UNNEST) return one(unnest(factor.UNNEST, siblings, resolution))
  if (factor.Function)
    return call(
      lastPart(factor.Function.name),
      factor.Function.args,
      factor.Function.alias,
      factor.Function.with_ordinality,
    )
  if (factor.TableFunction) return tableOf(factor.TableFunction, siblings, resolution, call)
  const reshaped = factor.Pivot ?? factor.Unpivot ?? factor.MatchRecognize
  if (reshaped) {
    const { relations } = relationsOf(reshaped.table, siblings, outer, resolution)
    return one(aliased(reshapedRows(factor, relations, outer, resolution), reshaped.alias, resolution))
  }
  const { JsonTable: json, XmlTable: xml } = factor
  if (json) return call('json_table', [{ Unnamed: { Expr: json.json_expr } }], withColumns(json, 'json_table'))
  if (xml) return call('xmltable', [{ Unnamed: { Expr: xml.passing } }], withColumns(xml, 'xmltable'))
  if (factor.SemanticView) return one(baseTable(factor.SemanticView.name, factor.SemanticView.alias, resolution))
  if (factor.Table) {
    const { name, args, alias, with_ordinality } = factor.Table
    if (args && !isStage(name)) return call(lastPart(name), args.args, alias, with_ordinality)
    return one(namedTable(name, alias, siblings, resolution))
  }
  return { relations: [], merged: new Map() }
}

/** The rows that a table gives once `PIVOT`, `UNPIVOT` or `MATCH_RECOGNIZE` went over it. */
function reshapedRows(
  { Pivot: pivot, Unpivot: unpivot, MatchRecognize: match }: TableFactor,
  input: readonly Relation[],
  outer: Scope,
  resolution: Resolution,
) {
  const rows = starRows(input, [], () => false)
  if (pivot) return pivoted(rows, pivot, input, resolution)
  if (unpivot) return unpivoted(rows, unpivot, resolution)
  return match ? matchedRows(match, input, outer, resolution) : rows
}

/** The alias with the columns that `COLUMNS` declares, where it names none itself. */
function withColumns({ alias, columns }: DeclaredTable, name: string): TableAlias {
  if (alias?.columns?.length) return alias
  return { name: alias?.name ?? { value: name }, columns: declaredColumns(columns).map((column) => ({ name: column })) }
}

const declaredColumns = (columns: readonly Tree[]): Ident[] =>
  columns.filter(isNode).flatMap((column) => {
    const { Named: named, Nested: inner, ForOrdinality: number } = column
    if (isNode(inner)) return declaredColumns(childrenOf(inner['columns']))
    return identsOf([isNode(named) ? named['name'] : (number ?? column['name'])])
  })

const lastPart = (name: ObjectName): string =>
  name.flatMap((part) => ('Identifier' in part ? [part.Identifier.value] : [])).at(-1) ?? ''
const isStage = (name: ObjectName): boolean => lastPart(name).startsWith('@')

type Call = (name: string, args: readonly Tree[], alias: TableAlias | null | undefined) => From

/** `TABLE(f(…))`, and Snowflake's `TABLE('name')`. */
function tableOf(
  { expr, alias }: { expr: Tree; alias?: TableAlias | null },
  siblings: Scope,
  resolution: Resolution,
  call: Call,
): From {
  const content = isNode(expr) ? expr['Function'] : null
  if (isNode(content)) {
    const list = isNode(content['args']) && isNode(content['args']['List']) ? content['args']['List'] : {}
    return call(identifierOf(childrenOf(content['name']).at(-1))?.value ?? '', childrenOf(list['args']), alias)
  }
  const text = /"(?:Single|Double)QuotedString":"([^"]*)"/.exec(JSON.stringify(expr))?.[1]
  const named = identifierOf(expr) ? [identifierOf(expr)] : isNode(expr) ? identsOf(expr['CompoundIdentifier']) : []
  const parts = text ? text.split('.').map((value) => ({ value })) : named.flatMap((ident) => ident ?? [])
  if (parts.length === 0) return { relations: [], merged: new Map() }
  const name = parts.map((Identifier) => ({ Identifier }))
  return { relations: [namedTable(name, alias, siblings, resolution)], merged: new Map() }
}

/** Parentheses around joins hide nothing, unless they have an alias. */
function nested(
  { table_with_joins, alias }: { table_with_joins: TableWithJoins; alias?: TableAlias | null },
  siblings: Scope,
  outer: Scope,
  resolution: Resolution,
): From {
  const inner = joined(
    table_with_joins,
    { relations: [], merged: new Map() },
    siblings.relations.length > 0 ? { ...siblings } : outer,
    resolution,
  )
  if (!alias) return inner
  const shared = [...inner.merged].map(([name, provenance]) => ({ name, provenance }))
  const rows = starRows(inner.relations, shared, (name) => inner.merged.has(name.toLowerCase()))
  return { relations: [aliased(rows, alias, resolution)], merged: new Map() }
}

export function aliased(rows: Rows, alias: TableAlias | null | undefined, { session }: Resolution): Relation {
  if (!alias) return { ...rows, alias: null }
  const fold = (ident: TableAlias['name']) => foldIdentifier(session.dialect, ident)
  return {
    ...renamed(
      rows,
      (alias.columns ?? []).map(({ name }) => fold(name)),
    ),
    alias: fold(alias.name),
  }
}

/** A CTE, an array of a sibling (BigQuery: `FROM t, t.items`), or a table. */
export function namedTable(
  name: ObjectName,
  alias: TableAlias | null | undefined,
  siblings: Scope,
  resolution: Resolution,
): Relation {
  const { dialect } = resolution.session
  const path = partsOf(dialect, name)
  const [only] = path
  const cte = path.length === 1 && only !== undefined ? findCte(siblings.ctes, only) : null
  if (cte) {
    const relation = aliased(cte.rows(), alias, resolution)
    return alias ? relation : { ...relation, alias: only ?? null }
  }
  if (dialect === 'bigquery' && path.length > 1 && isOfRelation(path, siblings) && !isQuoted(name)) {
    const value = resolvePath(path, siblings, resolution.session)
    return unnest({ alias: alias ?? null, array_exprs: [], with_offset: false }, siblings, resolution, value)
  }
  return baseTable(name, alias, resolution)
}

/** Whether a path begins with the name of something in this query or in one around it. */
function isOfRelation(path: readonly string[], scope: Scope): boolean {
  for (let inner: Scope | null = scope; inner; inner = inner.parent)
    if (relationAt(path, inner)?.length === 1) return true
  return false
}

const isQuoted = ([first]: ObjectName): boolean =>
  first !== undefined && 'Identifier' in first && first.Identifier.quote_style === '`'

/** The table of one row that holds nothing. */
const isDual = (dialect: SqlDialect, { name, columns }: NamedTable): boolean =>
  columns === null && name.toLowerCase() === 'dual' && (dialect === 'generic' || dialect === 'snowflake')

/** A table that is read. */
export function baseTable(name: ObjectName, alias: TableAlias | null | undefined, resolution: Resolution): Relation {
  const table = resolution.session.table(name)
  if (isDual(resolution.session.dialect, table)) return { ...aliased(closed([]), alias, resolution) }
  noteRead(resolution, table.name)
  const relation = { ...aliased(rowsOfTable(table.name, table.columns), alias, resolution), table: table.name }
  return alias ? relation : { ...relation, alias: table.path.at(-1) ?? null, path: table.path }
}
