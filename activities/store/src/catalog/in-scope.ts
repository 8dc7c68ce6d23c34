import { scopePatterns, scopeSeparator, type CatalogScope } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'

/** True of a relation that a discovery of this scope looks at; partitions are not told apart. */
export function inScope(
  { schemas, include, exclude }: CatalogScope,
  { schema, name }: { schema: RawBuilder<unknown>; name: RawBuilder<unknown> },
): RawBuilder<boolean> {
  const { includeRelations, excludeRelations } = scopePatterns({ include, exclude })
  return sql<boolean>`(${schemas}::text[] is null or ${schema} = any(${schemas}::text[])) and ${matches(
    sql`${schema} || ${scopeSeparator} || ${name}`,
    includeRelations,
    excludeRelations,
  )}`
}

/** True of a text that has the one pattern and not the other; null asks for nothing. */
export const matches = (
  text: RawBuilder<unknown>,
  include: string | null,
  exclude: string | null,
): RawBuilder<boolean> =>
  sql<boolean>`coalesce((${text}) ~ ${include}::text, true) and coalesce((${text}) !~ ${exclude}::text, true)`
