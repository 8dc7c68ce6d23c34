import { columnLineageOf } from './postgres-rewrite/column-lineage.ts'
import { parseNodeTree } from './postgres-rewrite/node-tree.ts'
import type { QueryLineage } from './resolve-lineage.ts'

/** A query that cannot be understood: the relation it defines is left as it was traced last. */
export class QueryError extends Error {
  override readonly name = 'QueryError'
}

/** By the form in which a source keeps the query. */
const parsers: Record<string, (text: string) => QueryLineage> = {
  postgres_rewrite: (text) => columnLineageOf(parseNodeTree(text)),
}

/** @throws QueryError */
export function parseQuery({ kind, text }: { kind: string; text: string }): QueryLineage {
  const parse = parsers[kind]
  if (!parse) throw new QueryError(`Queries kept as ${kind} are not understood`)
  try {
    return parse(text)
  } catch (cause) {
    throw new QueryError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** A `QueryLineage` that was kept as JSON; only ever what `parseQuery` gave. */
export const readQueryLineage = (json: string): QueryLineage => JSON.parse(json)
