import {
  scopePatterns,
  scopeSeparator,
  type CatalogScope,
  type SinglePattern,
  wholeCatalog,
} from '@plumbline/workflows'
import { isRelation, isUserSchema } from './catalog-queries.ts'
import { quoteLiteral } from './quote.ts'

/**
 * The conditions that a scope puts on relations. Its patterns become literals by the quoting of the server: a cursor is declared
 * without parameters.
 */
export function relationConditions({ include, exclude, partitions }: CatalogScope): string {
  const { includeRelations, excludeRelations } = scopePatterns({ include, exclude })
  const name = `(n.nspname || ${quoteLiteral(scopeSeparator)} || c.relname)`
  return [
    ...(includeRelations === null ? [] : [`${name} ~ ${quoteLiteral(includeRelations)}`]),
    ...(excludeRelations === null ? [] : [`${name} !~ ${quoteLiteral(excludeRelations)}`]),
    ...(partitions === 'folded' ? ['not c.relispartition'] : []),
  ]
    .map((condition) => ` and ${condition}`)
    .join('')
}

/**
 * Every schema, also an empty one or one that the role may not use, with the number of its relations that are asked for, and whether
 * the scope has it.
 */
export const schemasQuery = (scope = wholeCatalog): string => `
select n.oid, n.nspname as name, d.description as comment, coalesce(r.relations, 0) as relations,
  true${schemaConditions(scope)} as looked_at
from pg_namespace n
left join pg_description d on d.objoid = n.oid and d.classoid = 'pg_namespace'::regclass and d.objsubid = 0
left join (
  select c.relnamespace, count(*)::int as relations from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${isRelation}${relationConditions(scope)} group by c.relnamespace
) r on r.relnamespace = n.oid
where ${isUserSchema}
order by n.nspname`

const isOneOf = (schemas: readonly string[]): string =>
  `n.nspname = any(array[${schemas.map(quoteLiteral).join(', ')}]::text[])`

function schemaConditions({ schemas, include, exclude }: CatalogScope): string {
  const { includeSchemas, excludeSchemas } = scopePatterns({ include, exclude })
  return [
    ...(schemas === null ? [] : [isOneOf(schemas)]),
    ...(includeSchemas === null ? [] : [`n.nspname ~ ${quoteLiteral(includeSchemas)}`]),
    ...(excludeSchemas === null ? [] : [`n.nspname !~ ${quoteLiteral(excludeSchemas)}`]),
  ]
    .map((condition) => ` and ${condition}`)
    .join('')
}

/**
 * Which of the patterns match nothing among the schemas that the scope names, by their number from 1. What is folded is there to be
 * left out, but not to be read.
 */
export function unmatchedPatternsQuery(
  { schemas, partitions }: CatalogScope,
  patterns: readonly SinglePattern[],
): string {
  const rows = patterns.map(({ schema, relation, list }, index) => {
    const name = relation === null ? 'null' : quoteLiteral(relation)
    return `(${index + 1}, ${quoteLiteral(schema)}, ${name}, ${partitions === 'folded' && list === 'include'})`
  })
  const named = schemas === null ? '' : ` and ${isOneOf(schemas)}`
  return `
select p.number from (values ${rows.join(', ')}) p (number, schema, relation, folded)
where not exists (
  select from pg_namespace n where ${isUserSchema}${named} and n.nspname ~ p.schema
    and (p.relation is null or exists (select from pg_class c
      where c.relnamespace = n.oid and ${isRelation} and c.relname ~ p.relation and not (p.folded and c.relispartition)))
)
order by p.number`
}
