import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { hasTrigram, type JobFilter } from './job-filter.ts'
import {
  databasesOf,
  isInOrder,
  pageKeys,
  scannedKeys,
  sortedKeys,
  type JobPageRequest,
  type ListScope,
  type PageKey,
} from './job-page.ts'
import { durationProbe, firstByDuration, firstProbe, onlyProbe, probeOf, secondProbe } from './job-probe.ts'
import { placesOf, textKeys } from './text-keys.ts'

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
  const { rootJobId, parentJobId, ids, text } = filter
  const isFew = [rootJobId, parentJobId, ids].some((part) => part !== undefined) || (text !== undefined && isUuid(text))
  if (text !== undefined && !isFew) return findByText(db, scope, { ...filter, text }, page)
  if (isFew || isInOrder(scope, filter, page)) return { keys: pageKeys(scope, filter, page), order: page.order }
  const first = await firstByDuration(db, scope, filter, page)
  if (first.length === page.limit) return keysInOrder(first)
  return { keys: sortedKeys(scope, filter, page), order: page.order }
}

/**
 * A text that many jobs hold fills a page from the first thousand; one that few hold is in few places, and those lead to its
 * jobs. In between, the order of the list is gone through.
 */
async function findByText(
  db: Database,
  scope: ListScope,
  filter: JobFilter & { text: string },
  page: JobPageRequest,
): Promise<FoundPage> {
  if (!hasTrigram(filter.text)) {
    const only = await probeOf(db, scope, filter, page, onlyProbe[page.sort], durationProbe)
    return keysInOrder(only.ids)
  }
  const first = await probeOf(db, scope, filter, page, firstProbe)
  if (first.whole || first.ids.length === page.limit) return keysInOrder(first.ids)
  const places = await placesOf(db, scope, filter.text)
  if (places) return { keys: textKeys(scope, filter, places, page), order: page.order }
  const second = await probeOf(db, scope, filter, page, secondProbe)
  if (second.whole || second.ids.length === page.limit) return keysInOrder(second.ids)
  return { keys: scannedKeys(scope, filter, page), order: page.order }
}

const keysInOrder = (ids: readonly string[]): FoundPage => ({
  keys: sql<PageKey>`select id, position as key from unnest(${[...ids]}::uuid[]) with ordinality as found (id, position)`,
  order: 'asc',
})
