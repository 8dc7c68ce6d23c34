import { filterQuery, type JobSearch } from '../job-search.ts'
import type { Selection } from '../list/selection.ts'
import type { Bulk } from '@plumbline/api'

export type BulkTargets = Pick<Bulk, 'ids'> | Pick<Bulk, 'filter'>

/** What is chosen as the API takes it. `nowMs` is what a date preset reaches back from: the same as of the list. */
export function bulkTargets(selection: Selection, search: JobSearch, nowMs: number): BulkTargets {
  if (selection.kind === 'some') return { ids: [...selection.ids] }
  const given = Object.entries(filterQuery(search, nowMs)).filter(([, value]) => value !== undefined)
  return { filter: Object.fromEntries(given) }
}
