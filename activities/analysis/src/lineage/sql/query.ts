import { foldIdentifier } from './dialect.ts'
import { provenanceOf } from './expression.ts'
import { fromClause, namedTable } from './from-clause.ts'
import { eitherOf, nothing } from './provenance.ts'
import { closed, renamed, unionOf, type Column, type Relation, type Rows } from './relation.ts'
import type { Resolution } from './resolution.ts'
import { emptyScope, type CteScope, type Scope } from './scope.ts'
import { selectList } from './select-list.ts'
import { isNode, type Cte, type Query, type Select, type SetExpr, type Tree } from './tree.ts'

/** The rows of a query: its columns and where they come from. What it reads is noted on the way. */
export function rowsOf(query: Query, outer: Scope, resolution: Resolution): Rows {
  const ctes = withClause(query, outer, resolution)
  const scope: Scope = ctes === outer.ctes ? outer : { ...emptyScope, parent: outer, ctes }
  return setRows(query.body, scope, resolution, query.order_by?.kind)
}

function withClause({ with: clause }: Query, outer: Scope, resolution: Resolution): CteScope | null {
  if (!clause) return outer.ctes
  return clause.cte_tables.reduce<CteScope | null>((before, cte) => {
    const scope: Scope = { ...emptyScope, parent: outer, ctes: before }
    const name = cte.alias.name.value.toLowerCase()
    let rows: Rows | undefined
    const evaluate = () =>
      (rows ??= clause.recursive ? recursiveRows(cte, scope, resolution) : cteRows(cte, scope, resolution))
    // A statement that writes runs also when nothing reads what it returns.
    if (writes(cte.query.body)) evaluate()
    return { name, rows: evaluate, outer: before }
  }, outer.ctes)
}

const writes = ({ Insert, Update, Delete, Merge }: SetExpr): boolean => Boolean(Insert ?? Update ?? Delete ?? Merge)

const namesOf = ({ alias }: Cte, { session }: Resolution): string[] =>
  (alias.columns ?? []).map(({ name }) => foldIdentifier(session.dialect, name))

const cteRows = (cte: Cte, scope: Scope, resolution: Resolution): Rows =>
  renamed(rowsOf(cte.query, scope, resolution), namesOf(cte, resolution))

/** As often as a value can need to come round to each column of a narrow recursion. */
const rounds = 3

/** What the recursion reads of itself is first what its start gives, then what came of the round before. */
function recursiveRows(cte: Cte, scope: Scope, resolution: Resolution): Rows {
  const { SetOperation: operation } = cte.query.body
  const name = cte.alias.name.value.toLowerCase()
  if (!operation || cte.query.with) return cteRows(cte, scope, resolution)
  const names = namesOf(cte, resolution)
  const start = renamed(setRows(operation.left, scope, resolution), names)
  let rows = start
  for (let round = 0; round < rounds; round++) {
    const known = rows
    const again: Scope = { ...scope, ctes: { name, rows: () => known, outer: scope.ctes } }
    const next = unionOf(start, renamed(setRows(operation.right, again, resolution), names), false)
    if (sizeOf(next) === sizeOf(known)) return next
    rows = next
  }
  return rows
}

const sizeOf = ({ columns }: Rows): number =>
  columns.reduce((size, { provenance }) => size + provenance.origins.length, 0)

function setRows(body: SetExpr, scope: Scope, resolution: Resolution, order?: Tree): Rows {
  if (body.Select) return selectRows(body.Select, scope, resolution, order)
  if (body.Query) return rowsOf(body.Query, scope, resolution)
  if (body.SetOperation) {
    const { left, right, set_quantifier: quantifier } = body.SetOperation
    return unionOf(setRows(left, scope, resolution), setRows(right, scope, resolution), quantifier.includes('ByName'))
  }
  if (body.Values) return valueRows(body.Values.rows, scope, resolution)
  if (body.Table?.table_name) {
    const parts = [body.Table.schema_name, body.Table.table_name].flatMap((value) =>
      value ? [{ Identifier: { value } }] : [],
    )
    return namedTable(parts, null, scope, resolution)
  }
  const statement = body.Insert ?? body.Update ?? body.Delete ?? body.Merge
  return statement ? resolution.statement(statement, scope) : closed([])
}

function valueRows(rows: readonly { content: readonly Tree[] }[], scope: Scope, resolution: Resolution): Rows {
  const width = Math.max(0, ...rows.map(({ content }) => content.length))
  const columns = Array.from({ length: width }, (_, index): Column => {
    const parts = rows.map(({ content }) => provenanceOf(content[index], scope, resolution))
    return { name: `column${index + 1}`, provenance: eitherOf(parts.length > 0 ? parts : [nothing]), unnamed: true }
  })
  return closed(columns)
}

function selectRows(select: Select, outer: Scope, resolution: Resolution, order: Tree): Rows {
  const { relations, merged } = fromClause(select.from, outer, resolution)
  const views = lateralViews(select, outer, relations, resolution)
  const windows = new Map(
    (select.named_window ?? []).map(([name, window]) => [name.value.toLowerCase(), window] as const),
  )
  const scope: Scope = {
    ...emptyScope,
    relations: [...relations, ...views],
    merged,
    parent: outer,
    ctes: outer.ctes,
    windows,
  }
  const { rows, scope: withAliases } = selectList(select.projection, scope, resolution, (index) =>
    resolution.itemText(select, index),
  )
  const decides = [
    select.prewhere,
    select.selection,
    select.connect_by,
    select.having,
    select.qualify,
    select.group_by,
    select.distinct,
    order,
  ]
  const grouped = [select.group_by, order].some((tree) => isNode(tree))
  resolution.indirect.push(...provenanceOf(decides, grouped ? withAliases : scope, resolution).origins)
  if (select.into) {
    writeInto(select, rows, resolution)
    return closed([])
  }
  return asValueTable(rows, select.value_table_mode ?? '')
}

/** `SELECT AS STRUCT` and `AS VALUE`: rows that are structures, whose fields are columns for a query that reads them. */
function asValueTable(rows: Rows, mode: string): Rows {
  if (mode.includes('Struct')) return { ...rows, structure: true }
  const fields = mode.includes('Value') ? rows.columns[0]?.provenance.fields : undefined
  if (!fields) return rows
  return { ...closed([...fields].map(([name, provenance]) => ({ name, provenance }))), structure: true }
}

function lateralViews(
  { lateral_views }: Select,
  outer: Scope,
  before: readonly Relation[],
  resolution: Resolution,
): Relation[] {
  return (lateral_views ?? []).map(({ lateral_view, lateral_col_alias }) => {
    const scope: Scope = { ...emptyScope, relations: before, parent: outer, ctes: outer.ctes }
    const provenance = provenanceOf(lateral_view, scope, resolution)
    return { ...closed(lateral_col_alias.map(({ value }) => ({ name: value, provenance }))), alias: null }
  })
}

function writeInto({ into }: Select, rows: Rows, resolution: Resolution): void {
  if (!into) return
  const { name } = resolution.session.table(into.name)
  resolution.session.define(name, rows.open ? null : rows.columns.map((column) => column.name))
  resolution.flows.push({ table: name, columns: [...rows.columns], stars: rows.stars })
}
