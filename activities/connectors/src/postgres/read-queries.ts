import type { CollectedQuery } from '../connector.ts'
import { relationId, relationOid } from './catalog-rows.ts'
import type { PostgresLink } from './link.ts'

const statementTimeoutMs = 60_000
/** Node trees are some 100 times as long as the SQL they came from, so few of them are held at a time. */
const viewsPerBatch = 50

/**
 * The stored queries of views and materialized views. Everybody may read them, also without SELECT on the view.
 * Ids that name no view, or nothing, are passed over.
 */
export async function* readQueries(
  link: PostgresLink,
  externalIds: readonly string[],
): AsyncGenerator<CollectedQuery[]> {
  const oids = externalIds.flatMap((id) => relationOid(id) ?? [])
  if (oids.length === 0) return
  await using _transaction = await link.begin(statementTimeoutMs)
  for (let from = 0; from < oids.length; from += viewsPerBatch) {
    const rows = await link.query<{ relation: number; tree: string }>(rulesQuery, [
      oids.slice(from, from + viewsPerBatch),
    ])
    if (rows.length === 0) continue
    yield rows.map(({ relation, tree }) => ({ externalId: relationId(relation), kind: 'postgres_rewrite', text: tree }))
  }
}

const rulesQuery = `
select ev_class as relation, ev_action::text as tree from pg_rewrite
where ev_class = any($1::oid[]) and rulename = '_RETURN' order by ev_class`
