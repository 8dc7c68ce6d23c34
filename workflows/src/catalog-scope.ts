/** What of a database a discovery looks at. Everything else stays as it was found last. */
export interface CatalogScope {
  /** Exact names; null: every schema. */
  schemas: string[] | null
  /** Only relations that match one of these patterns; null: all. */
  include: string[] | null
  /** No relation that matches one of these. */
  exclude: string[]
  /** Folded: a partition is part of its table and no asset of its own. */
  partitions: PartitionView
}

export const partitionViews = ['shown', 'folded'] as const
export type PartitionView = (typeof partitionViews)[number]

export const wholeCatalog: CatalogScope = { schemas: null, include: null, exclude: [], partitions: 'shown' }

export const isWholeCatalog = ({ schemas, include, exclude }: CatalogScope): boolean =>
  schemas === null && include === null && exclude.length === 0

/**
 * Patterns as regular expressions that Postgres and JavaScript read alike, over `schema.relation` and over the name of a schema.
 * Null where there is nothing to ask.
 */
export interface ScopePatterns {
  /** A relation is looked at when its `schema.relation` matches … */
  includeRelations: string | null
  /** … and does not match this. */
  excludeRelations: string | null
  /** A schema is looked at when a pattern could match something in it … */
  includeSchemas: string | null
  /** … and none leaves out all of it. */
  excludeSchemas: string | null
}

export function scopePatterns({ include, exclude }: Pick<CatalogScope, 'include' | 'exclude'>): ScopePatterns {
  const included = include?.map(parsePattern) ?? null
  const excluded = exclude.map(parsePattern)
  const wholeSchemas = excluded.filter(({ relation }) => relation === '*')
  return {
    includeRelations: included && anyOf(included.map(relationRegex)),
    excludeRelations: excluded.length === 0 ? null : anyOf(excluded.map(relationRegex)),
    includeSchemas: included && anyOf(included.map(({ schema }) => regexOf(schema))),
    excludeSchemas: wholeSchemas.length === 0 ? null : anyOf(wholeSchemas.map(({ schema }) => regexOf(schema))),
  }
}

interface Pattern {
  schema: string
  relation: string
}

/** `sales` and `sales.*` are all of the schema, `*.tmp_*` is in every schema. */
function parsePattern(pattern: string): Pattern {
  const dot = pattern.indexOf('.')
  return dot === -1
    ? { schema: pattern, relation: '*' }
    : { schema: pattern.slice(0, dot), relation: pattern.slice(dot + 1) }
}

const relationRegex = ({ schema, relation }: Pattern): string => `${regexOf(schema)}[.]${regexOf(relation)}`
const anyOf = (parts: string[]): string => `^(?:${parts.join('|')})$`

/** `*` is any text, `?` any one character; everything else is itself. */
function regexOf(glob: string): string {
  const literal = glob.replaceAll(/[^\p{L}\p{N}_*?]/gu, '\\$&')
  return literal.replaceAll('*', '.*').replaceAll('?', '.')
}
