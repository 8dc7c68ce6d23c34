import { itemName } from './column-name.ts'
import { foldIdentifier } from './dialect.ts'
import { provenanceOf } from './expression.ts'
import { fromClause } from './from-clause.ts'
import type { Provenance } from './provenance.ts'
import { closed, columnOf, type Column, type Relation, type Rows } from './relation.ts'
import { noteRead, type Flow, type Resolution } from './resolution.ts'
import { emptyScope, wholeOf, type Scope } from './scope.ts'
import { selectList } from './select-list.ts'
import { rowsOfTable } from './session.ts'
import {
  allColumns,
  childrenOf,
  identifierOf,
  isNode,
  isQuery,
  type Assignment,
  type Delete,
  type Insert,
  type InsertInto,
  type Merge,
  type MergeClause,
  type NamePart,
  type ObjectName,
  type SelectItem,
  type TableAlias,
  type TableFactor,
  type TableWithJoins,
  type Tree,
  type Update,
} from './tree.ts'

/** The table that a statement changes, under the names it has in it. It is written, and by that alone not read. */
interface Target extends Relation {
  table: string
  known: readonly string[] | null
}

function targetOf(name: ObjectName, alias: TableAlias['name'] | null | undefined, { session }: Resolution): Target {
  const { name: table, columns, path } = session.table(name)
  const called = alias ? foldIdentifier(session.dialect, alias) : (path.at(-1) ?? null)
  return { ...rowsOfTable(table, columns), alias: called, ...(alias ? {} : { path }), table, known: columns }
}

const lastOf = (name: ObjectName, { session }: Resolution): string => {
  const last = name.at(-1)
  return last && 'Identifier' in last ? foldIdentifier(session.dialect, last.Identifier) : ''
}

/** By the column list, else by the table's columns in their order, else, where neither is known, by equal names. */
export function intoTable(table: string, names: readonly string[] | null, rows: Rows): Flow {
  const columns = names
    ? names.slice(0, rows.open ? rows.certain : undefined).flatMap((name, index) => {
        const column = rows.columns[index]
        return column ? [{ name, provenance: column.provenance }] : []
      })
    : [...rows.columns]
  return { table, columns, stars: rows.stars }
}

/** Rows for a table: where its columns are not known, only one that has a name can be told. */
function intoTarget({ table, known }: Target, listed: readonly string[], rows: Rows): Flow {
  const names = listed.length > 0 ? listed : known
  return intoTable(table, names, names ? rows : { ...rows, columns: rows.columns.filter(({ unnamed }) => !unnamed) })
}

export function insert(statement: Insert, outer: Scope, resolution: Resolution): Rows {
  const { source } = statement
  const rows = source ? resolution.query(source, outer) : closed([])
  const { TableName: name } = statement.table
  if (!name || name.length === 0) return insertAll(statement, rows, resolution)
  const target = targetOf(name, statement.table_alias?.alias, resolution)
  const listed = statement.columns.map((column) => lastOf(column, resolution))
  const flow = intoTarget(target, listed, rows)
  const excluded: Relation = { ...closed(flow.columns), alias: 'excluded' }
  const scope: Scope = { ...emptyScope, relations: [target, excluded], parent: outer, ctes: outer.ctes }
  const updates = statement.on?.OnConflict?.action.DoUpdate?.assignments ?? []
  const assigned = assignments([...(statement.assignments ?? []), ...updates], target, scope, resolution)
  resolution.flows.push({ ...flow, columns: [...flow.columns, ...assigned] })
  return returning(statement.returning, { ...scope, relations: [target] }, resolution)
}

/** Values are named by the columns they are: what is left to go by where those of the table are not known. */
const valuesNamed = (values: readonly Tree[], scope: Scope, resolution: Resolution): Column[] =>
  values.map((value) => {
    const { name, isOwn } = itemName(value, resolution.session.dialect)
    return { name: name ?? '', provenance: provenanceOf(value, scope, resolution), unnamed: !isOwn }
  })

/** Snowflake's `INSERT ALL` and `INSERT FIRST`: several tables from one query. */
function insertAll(statement: Insert, rows: Rows, resolution: Resolution): Rows {
  const scope: Scope = { ...emptyScope, relations: [{ ...rows, alias: null }] }
  const into = (clause: InsertInto) => {
    const target = targetOf(clause.table_name, null, resolution)
    const listed = (clause.columns ?? []).map((column) => foldIdentifier(resolution.session.dialect, column))
    const values = clause.values?.values.map(({ Expr }) => Expr)
    const given = values ? closed(valuesNamed(values, scope, resolution)) : rows
    resolution.flows.push(intoTarget(target, listed, given))
  }
  statement.multi_table_into_clauses?.forEach(into)
  for (const { condition, into_clauses } of statement.multi_table_when_clauses ?? []) {
    resolution.indirect.push(...provenanceOf(condition, scope, resolution).origins)
    into_clauses.forEach(into)
  }
  statement.multi_table_else_clause?.forEach(into)
  return closed([])
}

export function update(statement: Update, outer: Scope, resolution: Resolution): Rows {
  const { relation, joins } = statement.table
  if (!relation.Table) return closed([])
  const { table, others } = changed(relation.Table, [
    ...(statement.from?.BeforeSet ?? []),
    ...(statement.from?.AfterSet ?? []),
  ])
  const target = targetOf(table.name, table.alias?.name, resolution)
  const scope = beside(target, joinsAsTables(joins, others), outer, resolution)
  const columns = assignments(statement.assignments, target, scope, resolution)
  resolution.indirect.push(...provenanceOf(statement.selection, scope, resolution).origins)
  resolution.flows.push({ table: target.table, columns, stars: [] })
  return returning(statement.returning, scope, resolution)
}

const joinsAsTables = (joins: TableWithJoins['joins'], others: readonly TableWithJoins[]): TableWithJoins[] => [
  ...joins.map(({ relation }) => ({ relation, joins: [] })),
  ...others,
]

/** What `UPDATE e SET … FROM emp e` and `DELETE e FROM emp e` change: the table that FROM gives the name to, which is then not read. */
function changed(
  table: NamedFactor,
  from: readonly TableWithJoins[],
): { table: NamedFactor; others: TableWithJoins[] } {
  const isIt = ({ Table: factor }: TableFactor) =>
    table.name.length === 1 &&
    sameName(table.name[0], factor?.alias ? { Identifier: factor.alias.name } : factor?.name.at(-1))
  for (const item of from) {
    const found = [item.relation, ...item.joins.map(({ relation }) => relation)].find(isIt)?.Table
    if (!found) continue
    const rest = isIt(item.relation) ? [] : [{ ...item, joins: [] }]
    const joins = item.joins.filter(({ relation }) => !isIt(relation))
    return {
      table: found,
      others: [
        ...rest,
        ...joinsAsTables(
          joins,
          from.filter((other) => other !== item),
        ),
      ],
    }
  }
  return { table, others: [...from] }
}
type NamedFactor = NonNullable<TableFactor['Table']>

const sameName = (one: NamePart | undefined, other: NamePart | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  'Identifier' in one &&
  'Identifier' in other &&
  one.Identifier.value.toLowerCase() === other.Identifier.value.toLowerCase()

/** A target beside the tables that are read. */
function beside(target: Target, tables: readonly TableWithJoins[], outer: Scope, resolution: Resolution): Scope {
  const around: Scope = { ...emptyScope, relations: [target], parent: outer, ctes: outer.ctes }
  const { relations, merged } = fromClause(tables, around, resolution)
  return { ...emptyScope, relations: [target, ...relations], merged, parent: outer, ctes: outer.ctes }
}

/** `a = 1`, `t.a = 1`, `struct.field = 1`, `(a, b) = (SELECT …)`. */
function assignments(
  list: readonly Assignment[],
  target: Target,
  scope: Scope,
  resolution: Resolution,
): Flow['columns'] {
  return list.flatMap(({ target: to, value }) => {
    if (to.ColumnName)
      return [
        { name: assignedColumn(to.ColumnName, target, resolution), provenance: provenanceOf(value, scope, resolution) },
      ]
    const names = (to.Tuple ?? []).map((name) => assignedColumn(name, target, resolution))
    const values = tupleValues(value, names.length, scope, resolution)
    return names.flatMap((name, index) => {
      const provenance = values[index]
      return provenance ? [{ name, provenance }] : []
    })
  })
}

function tupleValues(value: Tree, width: number, scope: Scope, resolution: Resolution): Provenance[] {
  const content = isNode(value) ? (value['Subquery'] ?? value['Tuple'] ?? value['Nested']) : null
  if (isQuery(content)) {
    const { columns, stars } = resolution.query(content, scope)
    return Array.from({ length: width }, (_, index) => columns[index]?.provenance ?? { origins: stars })
  }
  const row = isNode(value) ? rowArguments(value['Function']) : null
  if (row) return row.map((part) => provenanceOf(part, scope, resolution))
  if (Array.isArray(content)) return content.map((part) => provenanceOf(part, scope, resolution))
  return Array.from({ length: width }, () => provenanceOf(value, scope, resolution))
}

/** `ROW(a, b)`. */
function rowArguments(call: Tree): readonly Tree[] | null {
  if (!isNode(call) || identifierOf(childrenOf(call['name'])[0])?.value.toLowerCase() !== 'row') return null
  const list = isNode(call['args']) ? call['args']['List'] : null
  return isNode(list) ? childrenOf(list['args']) : null
}

/** The column itself: without the table before it and the fields behind it. */
function assignedColumn(name: ObjectName, target: Target, { session }: Resolution): string {
  const path = name.flatMap((part) => ('Identifier' in part ? [foldIdentifier(session.dialect, part.Identifier)] : []))
  const own = (target.path ?? []).map((part) => part.toLowerCase())
  const isTarget = (part: string) => part === target.alias?.toLowerCase() || own.includes(part)
  while (path.length > 1 && isTarget((path[0] ?? '').toLowerCase())) path.shift()
  return path[0] ?? ''
}

export function remove(statement: Delete, outer: Scope, resolution: Resolution): Rows {
  const from = statement.from.WithFromKeyword ?? statement.from.WithoutKeyword ?? []
  const [first, ...more] = from
  const factor = first?.relation.Table
  if (!first || !factor) return closed([])
  const [named] = statement.tables ?? []
  const { table, others } = named
    ? changed({ name: named }, from)
    : { table: factor, others: joinsAsTables(first.joins, more) }
  const target = targetOf(table.name, table.alias?.name, resolution)
  const scope = beside(target, [...others, ...(statement.using ?? [])], outer, resolution)
  resolution.indirect.push(...provenanceOf(statement.selection, scope, resolution).origins)
  resolution.flows.push({ table: target.table, columns: [], stars: [] })
  return returning(statement.returning, scope, resolution)
}

/** Each column of the target gets that of its name; where the target is not known, the source's columns say which there are. */
function byName(target: Target, source: Relation): Flow {
  const columns = (target.known ?? source.columns.map(({ name }) => name)).flatMap((name) => {
    const provenance = columnOf(source, name)
    return provenance ? [{ name, provenance }] : []
  })
  return { table: target.table, columns, stars: target.known ? [] : source.stars }
}

/** Every branch of a MERGE writes; names without a table mean the source before the target. */
export function merge({ table, source, on, clauses, output }: Merge, outer: Scope, resolution: Resolution): Rows {
  const factor: TableFactor['Table'] = table.Table
  if (!factor) return closed([])
  const target = targetOf(factor.name, factor.alias?.name, resolution)
  const around: Scope = { ...emptyScope, relations: [target], parent: outer, ctes: outer.ctes }
  const { relations } = fromClause([{ relation: source, joins: [] }], outer, resolution)
  const scope: Scope = { ...emptyScope, relations, parent: around, ctes: outer.ctes }
  resolution.indirect.push(
    ...provenanceOf([on, ...clauses.map(({ predicate }) => predicate)], scope, resolution).origins,
  )
  const [first] = relations
  const flows = clauses.map(({ action }): Flow => {
    const written: Flow = { table: target.table, columns: [], stars: [] }
    if (first && isByName(action)) return byName(target, first)
    if (action.Update) return { ...written, columns: assignments(action.Update.assignments, target, scope, resolution) }
    if (!action.Insert) return written
    const { columns, kind } = action.Insert
    const names = columns.map((column) => lastOf(column, resolution))
    if (kind === 'Row') return first ? intoTarget(target, names, first) : written
    const values = valuesNamed(kind.Values.rows[0]?.content ?? [], scope, resolution)
    return intoTarget(target, names, closed(values))
  })
  const stars = flows.flatMap((flow) => flow.stars)
  resolution.flows.push({ table: target.table, columns: flows.flatMap(({ columns }) => columns), stars })
  return returning(
    output?.Returning?.select_items,
    { ...scope, relations: [target, ...relations], parent: outer },
    resolution,
  )
}

const isByName = ({ Update: updated, Insert: inserted }: MergeClause['action']): boolean =>
  [...(updated?.assignments ?? []).map(({ target }) => target.ColumnName), ...(inserted?.columns ?? [])].some(
    (name) => {
      const part = name?.[0]
      return part !== undefined && 'Identifier' in part && part.Identifier.value === allColumns
    },
  )

function returning(items: readonly SelectItem[] | null | undefined, scope: Scope, resolution: Resolution): Rows {
  if (!items || items.length === 0) return closed([])
  // Behind WITH, what is returned flows on: the changed table is read as well.
  const [target] = scope.relations
  if (scope.parent !== emptyScope && target)
    for (const { table } of wholeOf(target).origins.slice(0, 1)) noteRead(resolution, table)
  return selectList(items, target ? { ...scope, parent: oldAndNew(target, scope) } : scope, resolution).rows
}

/** `RETURNING old.a, new.b`: the row before and after, unless something else is called so. */
const oldAndNew = (target: Relation, { parent, ctes }: Scope): Scope => ({
  ...emptyScope,
  relations: ['old', 'new'].map((alias) => ({ ...target, alias, path: [alias] })),
  parent,
  ctes,
})
