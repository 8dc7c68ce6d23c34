import { foldIdentifier, type SqlDialect } from './dialect.ts'
import { argumentsOf, provenanceOf } from './expression.ts'
import { eitherOf, nothing, together, type Provenance } from './provenance.ts'
import { columnOf, closed, type Column, type Relation } from './relation.ts'
import type { Resolution } from './resolution.ts'
import type { Scope } from './scope.ts'
import { isNode, isQuery, type Query, type TableAlias, type TableFactor, type Tree } from './tree.ts'

type Unnest = NonNullable<TableFactor['UNNEST']>

/**
 * The elements of arrays as rows. In BigQuery the alias is the element; elsewhere it is a relation of one column.
 *
 * @param given the array, where it is written as a table's path
 */
export function unnest(factor: Unnest, siblings: Scope, resolution: Resolution, given?: Provenance): Relation {
  const { dialect } = resolution.session
  const arrays = given ? [given] : factor.array_exprs.map((array) => provenanceOf(array, siblings, resolution))
  const element = eitherOf(arrays.length > 0 ? arrays : [nothing])
  const alias = factor.alias ? foldIdentifier(dialect, factor.alias.name) : null
  const offset = factor.with_offset ? [{ name: factor.with_offset_alias?.value ?? 'offset', provenance: nothing }] : []
  if (dialect === 'bigquery') {
    const fields = [...(element.fields ?? [])].map(([name, provenance]) => ({ name, provenance }))
    const rows = closed([
      ...(fields.length > 0 ? fields : alias === null ? [] : [{ name: alias, provenance: element }]),
      ...offset,
    ])
    if (element.fields) return { ...rows, alias, value: element }
    return { ...rows, alias, value: element, open: () => element, weak: true }
  }
  const names = (factor.alias?.columns ?? []).map(({ name }) => foldIdentifier(dialect, name))
  const count = Math.max(arrays.length, names.length, 1)
  const columns = Array.from({ length: count }, (_, index): Column => {
    // Behind the columns of the arrays comes the number of WITH ORDINALITY; an array of rows has one for each field.
    const provenance = arrays[index] ?? (factor.with_ordinality && index === count - 1 ? nothing : element)
    return { name: names[index] ?? alias ?? 'unnest', provenance }
  })
  const rows = closed([...columns, ...offset])
  return arrays.length === 1 && names.length === 0
    ? { ...rows, alias, value: element, open: () => element, weak: true }
    : { ...rows, alias }
}

interface Call {
  name: string
  args: readonly Tree[]
  alias: TableAlias | null | undefined
  numbered: boolean
}

/** Snowflake's FLATTEN has these columns, whatever it flattens; SEQ numbers the input. */
const flattened = ['seq', 'key', 'path', 'index', 'value', 'this']

/** The columns of functions that name them. */
const namedByFunction: readonly (readonly [SqlDialect, RegExp, readonly string[]])[] = [
  ['postgres', /^jsonb?_array_elements/, ['value']],
  ['postgres', /^jsonb?_each/, ['key', 'value']],
  ['snowflake', /^(split|strtok_split)_to_table$/, ['seq', 'index', 'value']],
]

/** What a function gives comes from what it is given: by name where it is given a query, else all of it. */
export function tableFunction(
  { name, args, alias, numbered }: Call,
  siblings: Scope,
  resolution: Resolution,
): Relation {
  const { dialect } = resolution.session
  const lower = name.toLowerCase()
  const queries = args.flatMap((arg) => queryOf(arg) ?? []).map((query) => resolution.query(query, siblings))
  const read = (tree: Tree) => provenanceOf(tree, siblings, resolution)
  const given = argumentsOf(
    lower,
    args.filter((arg) => !queryOf(arg)),
    { read, scope: siblings, resolution },
  )
  const rest = queries.flatMap(({ columns, stars }) => [
    ...columns.map(({ provenance }) => provenance),
    { origins: stars },
  ])
  const whole = together([...given, ...rest, nothing])
  const called = alias ? foldIdentifier(dialect, alias.name) : null
  const names = (alias?.columns ?? []).map((column) => foldIdentifier(dialect, column.name))

  if (lower === 'flatten') {
    const columns = (names.length > 0 ? names : flattened).map((column) => ({ name: column, provenance: whole }))
    return { ...closed(columns), alias: called }
  }
  if (names.length > 0) {
    const columns = names.map((column, index) => ({
      name: column,
      provenance: numbered && index === names.length - 1 ? nothing : whole,
    }))
    return { ...closed(columns), alias: called }
  }
  const passed = queries.flatMap(({ columns }) => columns)
  const open = (column: string) => queries.flatMap((rows) => columnOf(rows, column) ?? [])[0] ?? whole
  const label = called ?? name
  const own = namedByFunction.find(([of, pattern]) => of === dialect && pattern.test(lower))?.[2]
  if (own || dialect === 'postgres') {
    const columns = (own ?? [label]).map((column) => ({ name: column, provenance: whole }))
    return { ...closed(columns), alias: label, value: whole, open, weak: true }
  }
  return { columns: passed, open, stars: [], certain: passed.length, alias: called, weak: true, value: whole }
}

function queryOf(arg: Tree): Query | null {
  const given = isNode(arg) ? arg['Unnamed'] : null
  const expression = isNode(given) ? given['Expr'] : null
  const query = isNode(expression) ? expression['Subquery'] : null
  return isQuery(query) ? query : null
}
