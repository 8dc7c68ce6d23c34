import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'
import type { DiscoveryScope } from './match-catalog.ts'

/**
 * A run that would remove more than it may: the connection may point to another database by now, or the role may have lost what
 * it saw by. Nothing is stored; a person who knows better retries with a higher limit.
 */
export class RemovalHeldBackError extends Error {
  override readonly name = 'RemovalHeldBackError'
  readonly code = 'removal-held-back'
}

/** Names that the message holds. */
const mostNamed = 5

/**
 * Looks at what the matching decided, before anything follows it.
 *
 * @param maxRemovedShare of the tables and views that were known in the scope of the run, from 0 to 1
 * @throws RemovalHeldBackError
 */
export async function holdBackRemovals(trx: Trx, scope: DiscoveryScope, maxRemovedShare: number): Promise<void> {
  const { rows } = await sql<{ removed: number; known: number; names: string[] | null }>`
    select count(*) filter (where m.state = 'removed') as removed, count(*) as known,
      (array_agg(m.qualified_name order by m.qualified_name) filter (where m.state = 'removed'))[1:${mostNamed}::int] as names
    from discovered_match m
    where m.job_id = ${scope.jobId}::uuid and m.state in ('same', 'changed', 'removed')
      and m.parent_id is distinct from ${scope.databaseId}::uuid`.execute(trx)
  const { removed, known, names } = rows[0] ?? { removed: 0, known: 0, names: null }
  if (removed === 0 || removed / known <= maxRemovedShare) return
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const more = removed > mostNamed ? `, and ${removed - mostNamed} more` : ''
  throw new RemovalHeldBackError(
    `It would remove ${removed} of ${known} known tables and views (${percent(removed / known)}, allowed are ` +
      `${percent(maxRemovedShare)}), so nothing was stored: ${(names ?? []).join(', ')}${more}`,
  )
}
