import { jobStatuses, jobTabs, jobTypes, triggerKinds } from '@plumbline/workflows'
import { chosenOf, oneOf, textOf } from '../search-params.ts'
import type { JobQuery } from '../api/job-calls.ts'
import type { JobStatus, JobTab, JobType, TriggerKind } from '@plumbline/workflows'

const hourMs = 3_600_000

/** The date presets and how far back each reaches. A preset stays relative in the address: a kept link does not go stale. */
export const dateRanges = { '1h': hourMs, '24h': 24 * hourMs, '7d': 168 * hourMs, '30d': 720 * hourMs } as const
export type DateRange = keyof typeof dateRanges
const dateRangeNames = Object.keys(dateRanges).filter((name): name is DateRange => Object.hasOwn(dateRanges, name))

export const jobTabNames = Object.keys(jobTabs).filter((name): name is JobTab => Object.hasOwn(jobTabs, name))
export const jobSorts = ['createdAt', 'durationMs'] as const
export type JobSort = (typeof jobSorts)[number]

/** The Jobs page as its address holds it; what is undefined is at its default. */
export interface JobSearch {
  tab?: JobTab | undefined
  q?: string | undefined
  type?: JobType[] | undefined
  status?: JobStatus[] | undefined
  assetId?: string | undefined
  connectionId?: string | undefined
  trigger?: TriggerKind | undefined
  actor?: string | undefined
  range?: DateRange | undefined
  createdAfter?: string | undefined
  createdBefore?: string | undefined
  scheduleId?: string | undefined
  rootJobId?: string | undefined
  parentJobId?: string | undefined
  /** On the tab Failed: also show what a later attempt has fixed. */
  resolved?: 'shown' | undefined
  sort?: JobSort | undefined
  order?: 'asc' | 'desc' | undefined
}

/** Reads an address; what is unknown or mistyped is left out rather than refused. */
export function parseJobSearch(raw: Record<string, unknown>): JobSearch {
  const tab = oneOf(raw, 'tab', jobTabNames)
  const sort = oneOf(raw, 'sort', jobSorts)
  const order = oneOf(raw, 'order', ['asc', 'desc'])
  return {
    tab: tab === 'all' ? undefined : tab,
    q: textOf(raw, 'q'),
    type: chosenOf(raw, 'type', jobTypes),
    status: chosenOf(raw, 'status', jobStatuses),
    assetId: textOf(raw, 'assetId'),
    connectionId: textOf(raw, 'connectionId'),
    trigger: oneOf(raw, 'trigger', triggerKinds),
    actor: textOf(raw, 'actor'),
    range: oneOf(raw, 'range', dateRangeNames),
    createdAfter: timeOf(raw, 'createdAfter'),
    createdBefore: timeOf(raw, 'createdBefore'),
    scheduleId: textOf(raw, 'scheduleId'),
    rootJobId: textOf(raw, 'rootJobId'),
    parentJobId: textOf(raw, 'parentJobId'),
    resolved: oneOf(raw, 'resolved', ['shown']),
    sort: sort === 'createdAt' ? undefined : sort,
    order: order === 'desc' ? undefined : order,
  }
}

function timeOf(raw: Record<string, unknown>, name: string): string | undefined {
  const at = Date.parse(textOf(raw, name) ?? '')
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}

/** The API's filter for counts: what is chosen, whatever the tab. `nowMs` is what a date preset reaches back from. */
export function countQuery(search: JobSearch, nowMs: number): JobQuery {
  const since =
    search.range === undefined ? search.createdAfter : new Date(nowMs - dateRanges[search.range]).toISOString()
  return {
    q: search.q?.trim().slice(0, 200),
    type: search.type,
    status: search.status,
    assetId: search.assetId,
    connectionId: search.connectionId,
    trigger: search.trigger,
    actor: search.actor,
    createdAfter: since,
    createdBefore: search.range === undefined ? search.createdBefore : undefined,
    scheduleId: search.scheduleId,
    rootJobId: search.rootJobId,
    parentJobId: search.parentJobId,
  }
}

/** The API's filter for what the list holds: failed jobs that a later attempt fixed are hidden unless they are asked for. */
export function filterQuery(search: JobSearch, nowMs: number): JobQuery {
  return {
    ...countQuery(search, nowMs),
    tab: search.tab,
    unresolved: search.tab === 'failed' && search.resolved === undefined ? true : undefined,
  }
}

/** The same in the order of the list. */
export const listQuery = (search: JobSearch, nowMs: number): JobQuery => ({
  ...filterQuery(search, nowMs),
  sort: search.sort,
  order: search.order,
})

/** The same for the same filters, whatever the order of the rows. */
export const filterKeyOf = ({ sort: _sort, order: _order, ...filters }: JobSearch): string => JSON.stringify(filters)

/** The same page without any filter: the tab and the order stay. */
export const clearedSearch = ({ tab, sort, order }: JobSearch): JobSearch => ({ tab, sort, order })

/** What a click on a column's header does: longest or newest first, then the other way round, then the default. */
export function toggledSort(search: JobSearch, column: JobSort): Pick<JobSearch, 'sort' | 'order'> {
  const current = search.sort ?? 'createdAt'
  if (current !== column) return { sort: column === 'createdAt' ? undefined : column, order: undefined }
  if (search.order === undefined) return { sort: search.sort, order: 'asc' }
  return { sort: undefined, order: undefined }
}
