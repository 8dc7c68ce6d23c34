import type { JobFilter as JobFilterQuery } from '@plumbline/api'
import { findAsset, isUuid, type Database, type JobFilter } from '@plumbline/store'
import { jobTabs, type JobStatus } from '@plumbline/workflows'

/** A filter that lets nothing through: what it names does not exist. */
const nothing: JobFilter = { statuses: [] }

/** The list's query as the record understands it. An unknown id matches nothing; it is a filter, not an address. */
export async function filterFromQuery(db: Database, organizationId: string, query: JobFilterQuery): Promise<JobFilter> {
  const { connectionId, rootJobId, parentJobId, assetId, scheduleId } = query
  if ([connectionId, rootJobId, parentJobId].some((id) => id !== undefined && !isUuid(id))) return nothing
  const asset = assetId === undefined ? undefined : await findAsset(db, organizationId, assetId)
  if (assetId !== undefined && !asset) return nothing
  const statuses = statusesOf(query)
  return {
    ...(statuses && { statuses }),
    ...(query.type && { types: query.type }),
    ...(asset && { asset: { id: asset.id, kind: asset.kind } }),
    ...(connectionId !== undefined && { connectionId }),
    ...(query.trigger && { trigger: query.trigger }),
    ...(query.actor !== undefined && { actor: query.actor }),
    ...(scheduleId !== undefined && { scheduleId }),
    ...(query.createdAfter && { createdAfter: new Date(query.createdAfter) }),
    ...(query.createdBefore && { createdBefore: new Date(query.createdBefore) }),
    ...(query.q !== undefined && { text: query.q }),
    ...(query.unresolved && { unresolved: true }),
    ...(rootJobId !== undefined && { rootJobId }),
    ...(parentJobId !== undefined && { parentJobId }),
  }
}

/** Tab and status combine like all filters: with "and". */
function statusesOf({ tab, status }: JobFilterQuery): JobStatus[] | undefined {
  if (tab === undefined) return status
  const inTab: readonly JobStatus[] = jobTabs[tab]
  return inTab.filter((one) => status === undefined || status.includes(one))
}
