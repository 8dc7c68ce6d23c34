import { jobDefinition } from '@plumbline/workflows'
import { dateRangeLabels, statusLabels, triggerLabels } from '../labels.ts'
import { shortId } from '../../text/short-id.ts'
import type { JobSearch } from '../job-search.ts'

/** One filter that is on: what it says, and the address without it. */
export interface FilterChip {
  key: string
  label: string
  without: JobSearch
}

/** Names behind ids, as far as they are known. */
export interface ChipNames {
  asset?: string | undefined
  connection?: string | undefined
  schedule?: string | undefined
}

/** The filters that are on, each to be removed by itself. */
export function filterChips(search: JobSearch, names: ChipNames = {}): FilterChip[] {
  const chips: FilterChip[] = []
  const add = (key: string, label: string, off: Partial<JobSearch>): void => {
    chips.push({ key, label, without: { ...search, ...off } })
  }
  for (const type of search.type ?? [])
    add(`type:${type}`, `Type: ${jobDefinition(type).label}`, { type: without(search.type, type) })
  for (const status of search.status ?? [])
    add(`status:${status}`, `Status: ${statusLabels[status]}`, { status: without(search.status, status) })
  if (search.assetId) add('assetId', `Asset: ${names.asset ?? shortId(search.assetId)}`, { assetId: undefined })
  if (search.connectionId)
    add('connectionId', `Connection: ${names.connection ?? shortId(search.connectionId)}`, { connectionId: undefined })
  if (search.trigger) add('trigger', `Trigger: ${triggerLabels[search.trigger]}`, { trigger: undefined })
  if (search.actor) add('actor', `By: ${search.actor}`, { actor: undefined })
  if (search.range) add('range', `Created: ${dateRangeLabels[search.range].toLowerCase()}`, { range: undefined })
  if (search.createdAfter) add('createdAfter', `After: ${dayAndTime(search.createdAfter)}`, { createdAfter: undefined })
  if (search.createdBefore)
    add('createdBefore', `Before: ${dayAndTime(search.createdBefore)}`, { createdBefore: undefined })
  if (search.scheduleId)
    add('scheduleId', `Schedule: ${names.schedule ?? shortId(search.scheduleId)}`, { scheduleId: undefined })
  if (search.rootJobId) add('rootJobId', `Attempts of: ${shortId(search.rootJobId)}`, { rootJobId: undefined })
  if (search.parentJobId) add('parentJobId', `Children of: ${shortId(search.parentJobId)}`, { parentJobId: undefined })
  return chips
}

function without<Value>(values: readonly Value[] | undefined, gone: Value): Value[] | undefined {
  const left = (values ?? []).filter((value) => value !== gone)
  return left.length === 0 ? undefined : left
}

const dayAndTime = (iso: string): string => iso.slice(0, 16).replace('T', ' ')
