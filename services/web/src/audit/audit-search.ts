import type { AuditAction } from '@plumbline/workflows'
import { dateRanges, type DateRange } from '../jobs/job-search.ts'
import { oneOf, textOf } from '../search-params.ts'
import { actionLabels } from './action-labels.ts'
import type { QueryValue } from '../api/http.ts'

/** The actions that can be filtered by. */
export const auditActionNames = Object.keys(actionLabels).filter((name): name is AuditAction =>
  Object.hasOwn(actionLabels, name),
)

const rangeNames = Object.keys(dateRanges).filter((name): name is DateRange => Object.hasOwn(dateRanges, name))

export interface AuditSearch {
  actor?: string | undefined
  action?: AuditAction | undefined
  targetId?: string | undefined
  range?: DateRange | undefined
}

export const parseAuditSearch = (raw: Record<string, unknown>): AuditSearch => ({
  actor: textOf(raw, 'actor'),
  action: oneOf(raw, 'action', auditActionNames),
  targetId: textOf(raw, 'targetId'),
  range: oneOf(raw, 'range', rangeNames),
})

/** The API's filter; `nowMs` is what a date preset reaches back from. */
export const auditQuery = ({ range, ...rest }: AuditSearch, nowMs: number): Record<string, QueryValue> => ({
  ...rest,
  since: range === undefined ? undefined : new Date(nowMs - dateRanges[range]).toISOString(),
})
