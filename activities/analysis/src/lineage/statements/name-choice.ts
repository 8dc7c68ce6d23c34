import type { LineageCertainty } from '@plumbline/workflows'

/** A relation of the catalog that a name may mean. */
export interface NamedRelation {
  externalId: string
  schema: string
  columns: readonly string[]
}

export interface Choice {
  relations: readonly NamedRelation[]
  certainty: LineageCertainty
}

/** Where everybody looks, unless told otherwise. */
const usualPath = ['public']
/** A name that could be any of more is nobody's. */
const mostAmbiguous = 3

/**
 * Which relation a name means: with a schema the one there is; without one the first along the search path, else the only one of
 * any schema, else one of several.
 *
 * @param known all relations that the catalog has under the name
 * @returns null when it is none, or could be any
 */
export function chooseRelation(
  name: string,
  known: readonly NamedRelation[],
  searchPath: readonly string[] | null,
): Choice | null {
  if (partsOfName(name).length > 1) return known[0] ? { relations: [known[0]], certainty: 'resolved' } : null
  for (const schema of searchPath ?? usualPath) {
    const found = known.find((relation) => relation.schema === schema)
    if (found) return { relations: [found], certainty: 'resolved' }
  }
  if (known.length === 0 || known.length > mostAmbiguous) return null
  return { relations: known, certainty: known.length === 1 ? 'inferred' : 'ambiguous' }
}

/** `database.schema.table` from left to right; in double quotes a part may hold dots. */
export const partsOfName = (name: string): string[] =>
  [...name.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'),
  )
