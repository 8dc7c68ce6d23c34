import { foldIdentifier } from './dialect.ts'
import { provenanceOf } from './expression.ts'
import { eitherOf, nothing, type Provenance } from './provenance.ts'
import { columnOf, type Column, type Relation, type Rows } from './relation.ts'
import type { Resolution } from './resolution.ts'
import { emptyScope } from './scope.ts'
import {
  identifierOf,
  identsOf,
  isNode,
  childrenOf,
  type Aliased,
  type Ident,
  type Pivot,
  type Tree,
  type Unpivot,
} from './tree.ts'

/**
 * PIVOT: a column a value and aggregate, from what the aggregate is of; what neither is pivoted nor aggregated stays. The
 * column that is pivoted decides where a value goes, not what it is.
 */
export function pivoted(input: Rows, pivot: Pivot, relations: readonly Relation[], resolution: Resolution): Rows {
  const { dialect } = resolution.session
  const scope = { ...emptyScope, relations }
  const aggregates = pivot.aggregate_functions.map(({ expr, alias }) => ({
    alias: alias ? foldIdentifier(dialect, alias) : null,
    provenance: provenanceOf(expr, scope, resolution),
    used: columnNamesIn(expr),
  }))
  const pivotedBy = pivot.value_column.flatMap(columnNamesIn)
  resolution.indirect.push(...provenanceOf(pivot.value_column, scope, resolution).origins)
  const used = new Set(
    [...pivotedBy, ...aggregates.flatMap((aggregate) => aggregate.used)].map((name) => name.toLowerCase()),
  )
  const kept = input.columns.filter(({ name }) => !used.has(name.toLowerCase()))
  const values = pivot.value_source.List
  if (pivot.value_source.Subquery) resolution.query(pivot.value_source.Subquery, scope)
  const created = (values ?? []).flatMap((value) =>
    aggregates.map(({ alias, provenance }): Column => ({
      name: pivotName(value, alias, aggregates.length, resolution),
      provenance,
    })),
  )
  // `ANY` and a subquery: which columns there are is known when it runs; each has an aggregate's value.
  const any = eitherOf(aggregates.map(({ provenance }) => provenance))
  const { open } = input
  const find = (name: string): Provenance | null => (used.has(name.toLowerCase()) ? null : (open?.(name) ?? null))
  return {
    columns: [...kept, ...created],
    open: values ? (open ? find : null) : (name) => find(name) ?? any,
    stars: input.stars,
    certain: open ? input.certain : values ? kept.length + created.length : kept.length,
  }
}

/** Snowflake names the column of a literal with its quotes and puts the aggregate's alias behind it, BigQuery before it. */
function pivotName({ expr, alias }: Aliased, aggregate: string | null, count: number, { session }: Resolution): string {
  const literal = literalOf(expr)
  const value = alias
    ? foldIdentifier(session.dialect, alias)
    : session.dialect === 'snowflake' && literal.quoted
      ? `'${literal.text}'`
      : literal.text
  if (aggregate === null) return value
  if (session.dialect === 'bigquery') return `${aggregate}_${value}`
  return count > 1 || session.dialect === 'snowflake' ? `${value}_${aggregate}` : value
}

function literalOf(tree: Tree): { text: string; quoted: boolean } {
  const json = JSON.stringify(tree) ?? ''
  const text = /QuotedString":"((?:[^"\\]|\\.)*)"/.exec(json)?.[1]
  if (text !== undefined) return { text, quoted: true }
  return { text: /"Number":\["([^"]*)"/.exec(json)?.[1] ?? identifierOf(tree)?.value ?? '', quoted: false }
}

/** UNPIVOT: the values of several columns become one; the column of their names comes from none. */
export function unpivoted(input: Rows, { value, name, columns }: Unpivot, { session }: Resolution): Rows {
  const fold = (ident: Ident) => foldIdentifier(session.dialect, ident)
  const groups = columns.map(({ expr }) => identsIn(expr).map(fold))
  const used = new Set(groups.flat().map((column) => column.toLowerCase()))
  const values = identsIn(value).map((ident, index): Column => {
    const parts = groups.flatMap((group) => columnOf(input, group[index] ?? '') ?? [])
    return { name: fold(ident), provenance: parts.length > 0 ? eitherOf(parts) : nothing }
  })
  const { open } = input
  const kept = input.columns.filter((column) => !used.has(column.name.toLowerCase()))
  const all = [...kept, ...values, { name: fold(name), provenance: nothing }]
  return {
    columns: all,
    open: open ? (column) => (used.has(column.toLowerCase()) ? null : open(column)) : null,
    stars: input.stars,
    certain: open ? input.certain : all.length,
  }
}

function identsIn(tree: Tree): Ident[] {
  if (!isNode(tree)) return []
  const ident = identifierOf(tree)
  if (ident) return [ident]
  return [
    ...childrenOf(tree['Tuple']).flatMap(identsIn),
    ...identsIn(tree['Nested']),
    ...identsOf(tree['CompoundIdentifier']).slice(-1),
  ]
}

/** The columns that are named anywhere in an expression. */
function columnNamesIn(tree: Tree): string[] {
  if (Array.isArray(tree)) return tree.flatMap(columnNamesIn)
  if (!isNode(tree)) return []
  const ident = identifierOf(tree)
  if (ident) return [ident.value]
  if (tree['CompoundIdentifier'])
    return identsOf(tree['CompoundIdentifier'])
      .slice(-1)
      .map(({ value }) => value)
  return Object.entries(tree).flatMap(([key, value]) =>
    key === 'name' || key === 'data_type' ? [] : columnNamesIn(value),
  )
}
