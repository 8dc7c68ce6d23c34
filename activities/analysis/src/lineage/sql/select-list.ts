import { itemName } from './column-name.ts'
import { foldIdentifier, hasLateralAliases } from './dialect.ts'
import { provenanceOf } from './expression.ts'
import { eitherOf, nothing, type Origin, type Provenance } from './provenance.ts'
import type { Column, Rows } from './relation.ts'
import type { Resolution } from './resolution.ts'
import { relationAt, resolvePath, starOf, starRows, type Scope } from './scope.ts'
import { closed } from './relation.ts'
import { identifierOf, isNode, type Ident, type ObjectName, type SelectItem, type StarOptions } from './tree.ts'

/**
 * The columns of a select list, and the scope in which their aliases can be used.
 *
 * @param textOf an item as it is written, for a dialect that names columns so
 */
export function selectList(
  items: readonly SelectItem[],
  scope: Scope,
  resolution: Resolution,
  textOf: (index: number) => string | null = () => null,
): { rows: Rows; scope: Scope } {
  const { dialect } = resolution.session
  const aliases = new Map<string, Provenance>()
  const within: Scope = { ...scope, aliases, aliasesFirst: hasLateralAliases(dialect) }
  const parts: Rows[] = []
  for (const [index, written] of items.entries()) {
    const item = dialect === 'generic' ? withAliasBefore(written) : written
    const star = starItem(item, within, resolution)
    if (star) {
      parts.push(star)
      continue
    }
    const column = selectItem(item, within, resolution, () => textOf(index) ?? `~expr${parts.length}`)
    parts.push(closed([column]))
    if (item.ExprWithAlias) aliases.set(column.name.toLowerCase(), column.provenance)
  }
  return { rows: beside(parts), scope: { ...within, aliasesFirst: true } }
}

/** Columns of several parts, one after the other. */
function beside(parts: readonly Rows[]): Rows {
  const columns: Column[] = []
  const stars: Origin[] = []
  let certain: number | null = null
  for (const part of parts) {
    if (part.open) certain ??= columns.length + part.certain
    columns.push(...part.columns)
    stars.push(...part.stars)
  }
  const opened = parts.flatMap(({ open }) => (open ? [open] : []))
  const open = (name: string) => {
    const found = opened.flatMap((find) => find(name) ?? [])
    return found.length > 0 ? eitherOf(found) : null
  }
  return { columns, open: opened.length > 0 ? open : null, stars, certain: certain ?? columns.length }
}

function selectItem(item: SelectItem, scope: Scope, resolution: Resolution, madeUp: () => string): Column {
  const { dialect } = resolution.session
  const alias = item.ExprWithAlias?.alias
  const expression = item.ExprWithAlias?.expr ?? item.ExprWithAliases?.expr ?? item.UnnamedExpr
  const provenance = provenanceOf(expression, scope, resolution)
  if (alias) return { name: foldIdentifier(dialect, alias), provenance }
  const { name, isOwn } = itemName(expression, dialect)
  return isOwn && name !== null ? { name, provenance } : { name: name ?? madeUp(), provenance, unnamed: true }
}

/** `total = sum(a)`: how SQL Server writes `sum(a) AS total`. */
function withAliasBefore(item: SelectItem): SelectItem {
  const comparison = isNode(item.UnnamedExpr) ? item.UnnamedExpr['BinaryOp'] : null
  const alias = isNode(comparison) && comparison['op'] === 'Eq' ? identifierOf(comparison['left']) : null
  return alias && isNode(comparison) ? { ExprWithAlias: { expr: comparison['right'], alias } } : item
}

function starItem(item: SelectItem, scope: Scope, resolution: Resolution): Rows | null {
  if (item.Wildcard) return shaped(starOf(scope), item.Wildcard, scope, resolution)
  if (!item.QualifiedWildcard) return null
  const [of, options] = item.QualifiedWildcard
  const rows = of.ObjectName
    ? rowsNamed(of.ObjectName, scope, resolution)
    : fieldsOf(provenanceOf(of.Expr, scope, resolution))
  return shaped(rows, options, scope, resolution)
}

function rowsNamed(name: ObjectName, scope: Scope, { session }: Resolution): Rows {
  const path = name.flatMap((part) => ('Identifier' in part ? [foldIdentifier(session.dialect, part.Identifier)] : []))
  for (let inner: Scope | null = scope; inner; inner = inner.parent) {
    const found = relationAt([...path, '*'], inner)
    if (!found || found.length !== path.length) continue
    const { relation } = found
    return relation.value?.fields || (relation.columns.length === 0 && relation.value)
      ? fieldsOf(relation.value)
      : starRows([{ ...relation, weak: false }], [], () => false)
  }
  return fieldsOf(resolvePath(path, scope, session))
}

/** `struct.*`. Of a structure that is not known field by field, every field is the whole. */
function fieldsOf(value: Provenance): Rows {
  if (value.fields) return closed([...value.fields].map(([name, provenance]) => ({ name, provenance })))
  return { columns: [], open: () => value, stars: value.origins, certain: 0 }
}

/** EXCEPT, EXCLUDE, REPLACE, RENAME, ILIKE. */
function shaped(rows: Rows, options: StarOptions, scope: Scope, resolution: Resolution): Rows {
  const { dialect } = resolution.session
  const key = (ident: Ident) => ident.value.toLowerCase()
  const left = new Set(excluded(options).map(key))
  const replaced = new Map(
    options.opt_replace?.items.map(
      ({ expr, column_name }) => [key(column_name), provenanceOf(expr, scope, resolution)] as const,
    ),
  )
  const { Single: single, Multiple: multiple = single ? [single] : [] } = options.opt_rename ?? {}
  const names = new Map(multiple.map(({ ident, alias }) => [key(ident), foldIdentifier(dialect, alias)] as const))
  const like = options.opt_ilike ? likePattern(options.opt_ilike.pattern) : null
  if (left.size === 0 && replaced.size === 0 && names.size === 0 && !like) return rows

  const keep = (name: string) => !left.has(name.toLowerCase()) && (!like || like.test(name))
  const reshape = ({ name, provenance }: Column): Column => ({
    name: names.get(name.toLowerCase()) ?? name,
    provenance: replaced.get(name.toLowerCase()) ?? provenance,
  })
  const columns = rows.columns.filter(({ name }) => keep(name)).map(reshape)
  const { open } = rows
  if (!open) return { ...rows, columns, certain: columns.length }
  // What is replaced or renamed is known even where the star is not.
  const known = new Set(rows.columns.map(({ name }) => name.toLowerCase()))
  const named = new Set([...replaced.keys(), ...names.keys()].filter((name) => !known.has(name)))
  const added = [...named].map((name) => reshape({ name, provenance: open(name) ?? nothing }))
  return {
    columns: [...columns, ...added],
    open: (name) => (keep(name) && !named.has(name.toLowerCase()) ? open(name) : null),
    stars: rows.stars,
    certain: 0,
  }
}

function excluded({ opt_except, opt_exclude }: StarOptions): Ident[] {
  const { Single: single, Multiple: multiple = single ? [single] : [] } = opt_exclude ?? {}
  const names = multiple
    .flatMap((name) => name.slice(-1))
    .flatMap((part) => ('Identifier' in part ? [part.Identifier] : []))
  return opt_except ? [opt_except.first_element, ...opt_except.additional_elements, ...names] : names
}

const likePattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    'is',
  )
