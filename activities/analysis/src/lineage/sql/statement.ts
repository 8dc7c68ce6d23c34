import { foldIdentifier } from './dialect.ts'
import { dynamicText } from './dynamic-text.ts'
import { provenanceOf } from './expression.ts'
import { baseTable } from './from-clause.ts'
import { itemTextsOf } from './item-text.ts'
import { rowsOf } from './query.ts'
import { closed, renamed, type Rows } from './relation.ts'
import { noteRead, type Resolution } from './resolution.ts'
import { emptyScope, type Scope } from './scope.ts'
import { partsOf, type Session } from './session.ts'
import {
  childrenOf,
  identifierOf,
  isNode,
  type CopyInto,
  type CreateTable,
  type Ident,
  type ObjectName,
  type Query,
  type Statement,
  type Tree,
} from './tree.ts'
import { insert, intoTable, merge, remove, update } from './write-statement.ts'

export interface Resolved extends Resolution {
  /** What a bare query gives. */
  result: Rows
  /** Tables that exist no longer under this name, and the one they go by now. */
  moved: { from: string; to: string | null }[]
  /** Two tables that changed names. */
  swapped: boolean
}

/**
 * What one statement reads and writes; the session is told what it creates.
 *
 * @param sql what was parsed
 */
export function resolveStatement(statement: Statement, session: Session, sql: string): Resolved {
  const resolved: Resolved = {
    session,
    reads: new Map(),
    indirect: [],
    flows: [],
    itemText: itemTextsOf(sql, session.dialect),
    result: closed([]),
    moved: [],
    swapped: false,
    query: (query, outer) => rowsOf(query, outer, resolved),
    statement: (inner, outer) => written(inner, outer, resolved) ?? closed([]),
  }
  const rows = written(statement, emptyScope, resolved) ?? definition(statement, resolved)
  // What a statement that writes gives back with RETURNING is kept by nobody.
  if (rows) resolved.result = isSelect(statement) ? rows : closed([])
  else other(statement, resolved)
  return resolved
}

function isSelect({ Query: query, Prepare: prepared }: Statement): boolean {
  if (prepared) return isSelect(prepared.statement)
  return query !== undefined && !(query.body.Insert ?? query.body.Update ?? query.body.Delete ?? query.body.Merge)
}

/** Statements that can also stand behind WITH. */
function written(statement: Statement, outer: Scope, resolution: Resolution): Rows | null {
  if (statement.Query) return rowsOf(statement.Query, outer, resolution)
  if (statement.Insert) return insert(statement.Insert, outer, resolution)
  if (statement.Update) return update(statement.Update, outer, resolution)
  if (statement.Delete) return remove(statement.Delete, outer, resolution)
  if (statement.Merge) return merge(statement.Merge, outer, resolution)
  return null
}

function definition(statement: Statement, resolved: Resolved): Rows | null {
  if (statement.CreateTable) return createTable(statement.CreateTable, resolved)
  if (statement.CreateView) {
    const { name, to, columns, query } = statement.CreateView
    return definedBy(
      to ?? name,
      columns.map((column) => column.name),
      query,
      resolved,
    )
  }
  const { AlterView: altered, Cache: cached } = statement
  if (altered) return definedBy(altered.name, altered.columns, altered.query, resolved)
  if (cached?.query) return definedBy(cached.table_name, [], cached.query, resolved)
  if (statement.Directory) return unnamed(statement.Directory.source, resolved)
  if (statement.Prepare) return written(statement.Prepare.statement, emptyScope, resolved)
  if (statement.CopyIntoSnowflake) return copyInto(statement.CopyIntoSnowflake, resolved)
  if (statement.ExportData) return unnamed(statement.ExportData.query, resolved)
  if (statement.Copy) {
    const { source, to } = statement.Copy
    if (source.Query) return unnamed(source.Query, resolved)
    if (!source.Table) return null
    if (to) baseTable(source.Table.table_name, null, resolved)
    else resolved.flows.push({ table: resolved.session.table(source.Table.table_name).name, columns: [], stars: [] })
    return closed([])
  }
  return null
}

/** A query whose rows leave the database: what it reads counts, and no column is written. */
function unnamed(query: Query, resolved: Resolved): Rows {
  rowsOf(query, emptyScope, resolved)
  return closed([])
}

function createTable(statement: CreateTable, resolved: Resolved): Rows {
  const { name, query, clone, like, partition_of: partitionOf } = statement
  const declared = statement.columns.map((column) => foldIdentifier(resolved.session.dialect, column.name))
  const whole = clone ?? partitionOf
  if (query) return create(name, declared, rowsOf(query, emptyScope, resolved), resolved)
  if (whole) return create(name, [], baseTable(whole, null, resolved), resolved)
  const model = (like?.Plain ?? like?.Parenthesized)?.name
  const inherited = (statement.inherits ?? []).map((parent) => shapeOf(parent, resolved))
  const own = model ? shapeOf(model, resolved) : declared
  const columns = inherited.includes(null) || !own ? null : [...inherited.flatMap((shape) => shape ?? []), ...own]
  const table = resolved.session.table(name).name
  resolved.session.define(table, columns && columns.length > 0 ? columns : null)
  resolved.flows.push({ table, columns: [], stars: [] })
  return closed([])
}

/** `LIKE` takes the columns of a table and none of its rows. */
function shapeOf(name: ObjectName, resolved: Resolved): readonly string[] | null {
  const table = resolved.session.table(name)
  noteRead(resolved, table.name)
  return table.columns
}

function definedBy(name: ObjectName, columns: readonly Ident[], query: Query, resolved: Resolved): Rows {
  const names = columns.map((ident) => foldIdentifier(resolved.session.dialect, ident))
  return create(name, names, rowsOf(query, emptyScope, resolved), resolved)
}

function create(name: ObjectName, names: readonly string[], rows: Rows, { session, flows }: Resolved): Rows {
  const table = session.table(name).name
  const named = renamed(rows, names)
  flows.push(intoTable(table, null, named))
  session.define(table, named.open ? null : named.columns.map((column) => column.name))
  return closed([])
}

/** COPY INTO: a stage is the source or the target like a table, though without columns. */
function copyInto(
  { kind, into, into_columns: columns, from_obj: from, from_query: query }: CopyInto,
  resolved: Resolved,
): Rows {
  const rows = query ? rowsOf(query, emptyScope, resolved) : from ? baseTable(from, null, resolved) : closed([])
  const table = resolved.session.table(into)
  if (kind === 'Location' || !query) {
    resolved.flows.push({ table: table.name, columns: [], stars: [] })
    return closed([])
  }
  const names = (columns ?? []).map((ident) => foldIdentifier(resolved.session.dialect, ident))
  resolved.flows.push(intoTable(table.name, names.length > 0 ? names : table.columns, rows))
  return closed([])
}

function other(statement: Statement, resolved: Resolved): void {
  const { session } = resolved
  const writes = (name: ObjectName) =>
    void resolved.flows.push({ table: session.table(name).name, columns: [], stars: [] })
  if (statement.AlterTable) alterTable(statement.AlterTable, resolved)
  else if (statement.Drop) {
    if (!/Table|View/.test(statement.Drop.object_type)) return
    for (const name of statement.Drop.names) {
      writes(name)
      const table = session.table(name).name
      session.forget(table)
      resolved.moved.push({ from: table, to: null })
    }
  } else if (statement.Truncate) for (const { name } of statement.Truncate.table_names) writes(name)
  else if (statement.Use) use(statement.Use, session)
  else if (statement.Declare) declare(statement.Declare, resolved)
  else if (statement.Set) assign(statement.Set, resolved)
  else resolved.result = conditionRows(statement.Assert?.condition ?? statement.Call, resolved)
}

/** Queries within an assertion or a call read tables and give nothing. */
function conditionRows(tree: Tree, resolved: Resolved): Rows {
  resolved.indirect.push(...provenanceOf(tree, emptyScope, resolved).origins)
  return closed([])
}

function alterTable({ name, operations }: NonNullable<Statement['AlterTable']>, resolved: Resolved): void {
  const { session } = resolved
  const table = session.table(name)
  for (const { RenameTable: renaming, SwapWith: swapping } of operations) {
    if (!renaming && !swapping) resolved.flows.push({ table: table.name, columns: [], stars: [] })
    const given = renaming?.table_name.To ?? renaming?.table_name.As
    if (given) {
      const renamedTo = session.table(given).name
      // A bare new name stays in the schema of the table.
      const to =
        given.length === 1 ? [...table.name.split('.').slice(0, -1), renamedTo.split('.').at(-1)].join('.') : renamedTo
      noteRead(resolved, table.name)
      resolved.flows.push({ table: to, columns: [], stars: [] })
      resolved.moved.push({ from: table.name, to })
      session.rename(table.name, to)
    } else if (swapping) {
      const { name: one } = table
      const { name: two } = session.table(swapping.table_name)
      resolved.swapped = true
      resolved.moved.push({ from: one, to: two }, { from: two, to: one })
      for (const swapped of [one, two]) {
        noteRead(resolved, swapped)
        resolved.flows.push({ table: swapped, columns: [], stars: [] })
      }
    }
  }
}

function use({ Database, Catalog, Schema, Object: either }: NonNullable<Statement['Use']>, session: Session): void {
  const [first, second] = partsOf(session.dialect, Schema ?? either ?? Database ?? Catalog ?? [])
  if (second !== undefined) session.use({ database: first, schema: second })
  else if (Schema) session.use({ schema: first })
  else if (first !== undefined) session.use({ database: first })
}

function declare({ stmts }: NonNullable<Statement['Declare']>, resolved: Resolved): void {
  for (const { names, assignment, for_query: query } of stmts) {
    if (query) rowsOf(query, emptyScope, resolved)
    for (const { value } of names) setVariable(value, assigned(assignment), resolved)
  }
}

function assign(set: Tree, resolved: Resolved): void {
  const single = isNode(set) ? set['SingleAssignment'] : null
  if (!isNode(single)) return
  const name = identifierOf(childrenOf(single['variable']).at(-1))
  const [value] = childrenOf(single['values'])
  if (name?.value.toLowerCase() === 'search_path') {
    const schema = identifierOf(value)
    if (schema) resolved.session.use({ schema: schema.value })
    return
  }
  if (name) setVariable(name.value, value, resolved)
}

function setVariable(name: string, value: Tree, resolved: Resolved): void {
  const { session } = resolved
  const provenance = provenanceOf(value, emptyScope, resolved)
  resolved.indirect.push(...provenance.origins)
  session.setVariable(name, dynamicText(value, session.variable), closed([{ name, provenance }]))
}

/** `DEFAULT x` and `:= x`. */
function assigned(assignment: Tree): Tree {
  const [kind] = isNode(assignment) ? Object.keys(assignment) : []
  return isNode(assignment) && kind !== undefined ? assignment[kind] : null
}
