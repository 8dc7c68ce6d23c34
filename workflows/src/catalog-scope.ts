import { parsePattern, patternRegex, type Pattern } from './catalog-pattern.ts'

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

/** Stands between the schema and the relation in the texts that patterns are matched with: no name of any sense has it. */
export const scopeSeparator = '\u001F'

/**
 * Patterns as regular expressions of Postgres, over `schema`, `scopeSeparator`, `relation` and over the name of a schema. Null where
 * there is nothing to ask.
 */
export interface ScopePatterns {
  /** A relation is looked at when its schema and name match … */
  includeRelations: string | null
  /** … and do not match this. */
  excludeRelations: string | null
  /** A schema is looked at when a pattern could match something in it … */
  includeSchemas: string | null
  /** … and none leaves out all of it. */
  excludeSchemas: string | null
}

export function scopePatterns({ include, exclude }: Pick<CatalogScope, 'include' | 'exclude'>): ScopePatterns {
  const included = include?.map(parsePattern) ?? null
  const excluded = exclude.map(parsePattern)
  const wholeSchemas = excluded.filter(({ relation }) => relation === null)
  return {
    includeRelations: included && anyOf(included.map(relationRegex)),
    excludeRelations: excluded.length === 0 ? null : anyOf(excluded.map(relationRegex)),
    includeSchemas: included && anyOf(included.map(schemaRegex)),
    excludeSchemas: wholeSchemas.length === 0 ? null : anyOf(wholeSchemas.map(schemaRegex)),
  }
}

/** One pattern of a scope, and what it must match to be of any use. */
export interface SinglePattern {
  pattern: string
  list: 'include' | 'exclude'
  schema: string
  /** Null for one that means whole schemas: it is of use also for an empty one. */
  relation: string | null
}

/** Every pattern by itself, as regular expressions over the names of schemas and relations. */
export const singlePatterns = ({ include, exclude }: CatalogScope): SinglePattern[] => [
  ...(include ?? []).map((pattern) => singlePattern('include', pattern)),
  ...exclude.map((pattern) => singlePattern('exclude', pattern)),
]

function singlePattern(list: SinglePattern['list'], pattern: string): SinglePattern {
  const { schema, relation } = parsePattern(pattern)
  return { pattern, list, schema: whole(patternRegex(schema)), relation: relation && whole(patternRegex(relation)) }
}

const schemaRegex = ({ schema }: Pattern): string => patternRegex(schema)
const relationRegex = ({ schema, relation }: Pattern): string =>
  `${patternRegex(schema)}${scopeSeparator}${relation === null ? '.*' : patternRegex(relation)}`
const whole = (regex: string): string => `^${regex}$`
const anyOf = (parts: string[]): string => whole(`(?:${parts.join('|')})`)
