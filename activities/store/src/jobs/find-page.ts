import { jobTabs } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { hasTrigram, statesOf, type JobFilter } from './job-filter.ts'
import { pageKeys, scannedKeys } from './job-page.ts'
import { firstProbe, onlyProbe, probeMargin, probeOf, secondProbe, type Probe } from './job-probe.ts'
import type { JobState } from './job-table.ts'
import { scopeOf, type ListScope } from './list-scope.ts'
import type { JobPageRequest, PageKey } from './page-order.ts'
import { nowhere, placesOf, placesWorth, textKeys, type TextPlaces } from './text-keys.ts'

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
  const scope = await scopeOf(db, organizationId, filter)
  const { rootJobId, parentJobId, ids, text } = filter
  const isFew = [rootJobId, parentJobId, ids].some((part) => part !== undefined)
  return text === undefined || isFew || isUuid(text)
    ? { keys: await pageKeys(db, scope, filter, page), order: page.order }
    : findByText(db, scope, { ...filter, text }, page)
}

/**
 * A text that many jobs hold fills a page from the first that are read; one that few hold is in few places, and those lead to its jobs.
 * In between, the order of the list is gone through.
 */
async function findByText(
  db: Database,
  scope: ListScope,
  filter: JobFilter & { text: string },
  page: JobPageRequest,
): Promise<FoundPage> {
  const ofPlaces = (places: TextPlaces) => ({ keys: textKeys(scope, filter, places, page), order: page.order })
  if (statesOf(filter)?.every((state) => activeStates.includes(state))) return ofPlaces(nowhere)
  if (!hasTrigram(filter.text)) {
    const only = await probeOf(db, scope, filter, page, onlyProbe)
    return keysInOrder(only.ids)
  }
  const isPage = ({ whole, ids }: Probe) => whole || ids.length === page.limit
  const first = await probeOf(db, scope, filter, page, firstProbe)
  if (isPage(first)) return keysInOrder(first.ids)
  const enough = Math.ceil((probeMargin * page.limit * firstProbe) / first.ids.length)
  if (enough <= secondProbe) {
    const promised = await probeOf(db, scope, filter, page, enough)
    if (isPage(promised)) return keysInOrder(promised.ids)
  }
  const few = await placesOf(db, scope, filter.text, placesWorth.few)
  if (few) return ofPlaces(few)
  const second = await probeOf(db, scope, filter, page, secondProbe)
  if (isPage(second)) return keysInOrder(second.ids)
  const places = await placesOf(db, scope, filter.text, placesWorth.most)
  return places ? ofPlaces(places) : { keys: scannedKeys(scope, filter, page), order: page.order }
}

const activeStates: readonly JobState[] = jobTabs.active

const keysInOrder = (ids: readonly string[]): FoundPage => ({
  keys: sql<PageKey>`select id, position as key from unnest(${[...ids]}::uuid[]) with ordinality as found (id, position)`,
  order: 'asc',
})
