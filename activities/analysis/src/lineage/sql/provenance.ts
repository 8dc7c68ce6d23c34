/**
 * How sure it is: `resolved`, the schema says so or the query itself; `inferred`, the only relation it can be, though its columns
 * are not known; `ambiguous`, one of several.
 */
export type Certainty = 'resolved' | 'inferred' | 'ambiguous'

/** A column of a table; `*` stands for all columns of a table whose columns are not known. */
export interface Origin {
  table: string
  column: string
  certainty: Certainty
}

/** Where a value comes from; of a structure, field by field, by the folded name of the field. */
export interface Provenance {
  origins: readonly Origin[]
  fields?: ReadonlyMap<string, Provenance>
  /** Finds further fields by name where those of a row are not known: the columns of a table without a schema. */
  open?: ((name: string) => Provenance | null) | undefined
}

export const nothing: Provenance = { origins: [] }

const rank: Record<Certainty, number> = { resolved: 0, inferred: 1, ambiguous: 2 }

/** The same column named twice is one; the surer statement stays. */
export function distinctOrigins(origins: readonly Origin[]): readonly Origin[] {
  if (origins.length < 2) return origins
  const known = new Map<string, Origin>()
  for (const origin of origins) {
    const key = `${origin.table}\u0000${origin.column}`
    const before = known.get(key)
    if (!before || rank[origin.certainty] < rank[before.certainty]) known.set(key, origin)
  }
  return [...known.values()]
}

/** Flows together; what structures they have in common is forgotten. */
export const together = (parts: readonly Provenance[]): Provenance =>
  parts.length === 1 && parts[0]
    ? { origins: parts[0].origins }
    : { origins: distinctOrigins(parts.flatMap(({ origins }) => origins)) }

/** One of several values of one type: `CASE`, `UNION`, the elements of an array. Structures merge field by field. */
export function eitherOf(parts: readonly Provenance[]): Provenance {
  const [first] = parts
  if (first && parts.length === 1) return first
  const merged = together(parts)
  const structures = parts.flatMap(({ fields }) => (fields ? [fields] : []))
  if (structures.length === 0) return merged
  const names = new Set(structures.flatMap((fields) => [...fields.keys()]))
  const fields = new Map(
    [...names].map((name) => [name, eitherOf(structures.flatMap((known) => known.get(name) ?? []))] as const),
  )
  const opened = parts.flatMap(({ open }) => (open ? [open] : []))
  const open = (name: string) => {
    const found = opened.flatMap((find) => find(name) ?? [])
    return found.length > 0 ? eitherOf(found) : null
  }
  return { origins: merged.origins, fields, ...(opened.length > 0 ? { open } : {}) }
}

/** Adds what decides a value besides itself (window, filter) to it and to each of its fields. */
export function influencedBy(value: Provenance, by: Provenance): Provenance {
  if (by.origins.length === 0) return value
  const { origins } = together([value, by])
  if (!value.fields) return { origins }
  const fields = new Map([...value.fields].map(([name, field]) => [name, influencedBy(field, by)]))
  const { open } = value
  if (!open) return { origins, fields }
  const influenced = (name: string) => {
    const field = open(name)
    return field && influencedBy(field, by)
  }
  return { origins, fields, open: influenced }
}

/** A field of a structure; of one that is not known field by field, the whole. */
export const fieldOf = (value: Provenance, name: string): Provenance =>
  value.fields?.get(name.toLowerCase()) ?? value.open?.(name) ?? { origins: value.origins }

export const asAmbiguous = (parts: readonly Provenance[]): Provenance => ({
  origins: distinctOrigins(parts.flatMap(({ origins }) => origins)).map((origin) => ({
    ...origin,
    certainty: 'ambiguous',
  })),
})
