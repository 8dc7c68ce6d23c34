import { foldIdentifier } from './dialect.ts'
import { provenanceOf } from './expression.ts'
import { closed, columnOf, type Relation, type Rows } from './relation.ts'
import type { Resolution } from './resolution.ts'
import { emptyScope, starRows, type Scope } from './scope.ts'
import { childrenOf, identsOf, isNode, type TableFactor, type Tree } from './tree.ts'

type Match = NonNullable<TableFactor['MatchRecognize']>

/** `MATCH_RECOGNIZE`: a row a match is what it is partitioned by and what is measured; all rows are all columns and what is measured. */
export function matchedRows(match: Match, input: readonly Relation[], outer: Scope, resolution: Resolution): Rows {
  const rows = starRows(input, [], () => false)
  // `down.px`: a column of the rows that are matched by a symbol of the pattern.
  const symbols = symbolsIn(match.pattern).map((alias): Relation => ({ ...rows, alias }))
  const scope: Scope = {
    ...emptyScope,
    relations: input,
    parent: { ...emptyScope, relations: symbols, parent: outer, ctes: outer.ctes },
    ctes: outer.ctes,
  }
  const measured = match.measures.map((measure) => ({
    name: foldIdentifier(resolution.session.dialect, measure.alias),
    provenance: provenanceOf(measure.expr, scope, resolution),
  }))
  if (isNode(match.rows_per_match) && 'AllRows' in match.rows_per_match) return starRows(input, measured, () => false)
  const partitions = identsOf(match.partition_by.map((tree) => (isNode(tree) ? tree['Identifier'] : null)))
  const kept = partitions.flatMap((ident) => {
    const name = foldIdentifier(resolution.session.dialect, ident)
    const provenance = columnOf(rows, name)
    return provenance ? [{ name, provenance }] : []
  })
  return closed([...kept, ...measured])
}

/** The names in `(strt down+ | up)`. */
function symbolsIn(pattern: Tree): string[] {
  if (Array.isArray(pattern)) return childrenOf(pattern).flatMap(symbolsIn)
  if (!isNode(pattern)) return []
  const named = identsOf([pattern['Named']]).map(({ value }) => value)
  return named.length > 0 ? named : Object.values(pattern).flatMap(symbolsIn)
}
