import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import type { JobFilter } from './job-filter.ts'
import {
  databasesOf,
  isMerged,
  pageKeys,
  sortedKeys,
  type JobPageRequest,
  type ListScope,
  type PageKey,
} from './job-page.ts'
import { firstMatches } from './job-probe.ts'
import { textKeys } from './text-keys.ts'

/** A query for the keys of a page, and the order in which they make the page. */
export interface FoundPage {
  keys: RawBuilder<PageKey>
  order: 'asc' | 'desc'
}

/** Finds the way to a page that costs least, whatever is asked for and however many jobs there are. */
export async function findPage(
  db: Database,
  organizationId: string,
  filter: JobFilter,
  page: JobPageRequest,
): Promise<FoundPage> {
  const scope = { organizationId, databases: await databasesOf(db, organizationId, filter) }
  if (!isWorthAProbe(scope, filter, page)) return { keys: pageKeys(scope, filter, page), order: page.order }
  const { ids, whole } = await firstMatches(db, scope, filter, page)
  if (whole || ids.length === page.limit) return { keys: keysInOrder(ids), order: 'asc' }
  const byText = filter.text !== undefined
  return {
    keys: byText ? await textKeys(db, scope, filter, page) : sortedKeys(scope, filter, page),
    order: page.order,
  }
}

/** A chain and the children of a job are few, and an actor, a schema and a table have indexes in either order of the list. */
function isWorthAProbe(scope: ListScope, filter: JobFilter, { sort }: JobPageRequest): boolean {
  if (filter.rootJobId !== undefined || filter.parentJobId !== undefined) return false
  if (filter.text !== undefined) return true
  if (sort === 'createdAt' || isMerged(scope, filter, sort)) return false
  return filter.actor === undefined && (filter.asset?.kind ?? 'database') === 'database'
}

const keysInOrder = (ids: readonly string[]): RawBuilder<PageKey> =>
  sql<PageKey>`select id, position as key from unnest(${[...ids]}::uuid[]) with ordinality as found (id, position)`
