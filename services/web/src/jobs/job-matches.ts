import { jobTabs } from '@plumbline/workflows'
import { dateRanges, type JobSearch } from './job-search.ts'
import type { Job } from '@plumbline/api'

/** What the page knows of the asset it filters by: enough to tell what lies below it. */
export interface AssetScope {
  connectionId: string
  qualifiedName: string
}

/** Whether the list as it is filtered would hold this job; the server's rules, for a job that an event brought. */
export function jobMatches(job: Job, search: JobSearch, nowMs: number, scope?: AssetScope): boolean {
  return (
    inTab(job, search) &&
    (search.type?.includes(job.type) ?? true) &&
    (search.status?.includes(job.status) ?? true) &&
    (search.connectionId ?? job.asset.connectionId) === job.asset.connectionId &&
    (search.trigger ?? job.trigger.kind) === job.trigger.kind &&
    (search.actor ?? job.trigger.actor) === job.trigger.actor &&
    (search.scheduleId === undefined || search.scheduleId === job.trigger.scheduleId) &&
    (search.rootJobId ?? job.rootJobId) === job.rootJobId &&
    (search.parentJobId ?? job.parentJobId) === job.parentJobId &&
    onAsset(job, search.assetId, scope) &&
    inTime(job, search, nowMs) &&
    mentions(job, search.q)
  )
}

function inTab(job: Job, { tab = 'all', resolved }: JobSearch): boolean {
  const statuses: readonly string[] = jobTabs[tab]
  if (!statuses.includes(job.status)) return false
  return tab !== 'failed' || resolved !== undefined || job.resolvedByJobId === null
}

function onAsset(job: Job, assetId: string | undefined, scope: AssetScope | undefined): boolean {
  if (assetId === undefined || job.asset.id === assetId) return true
  if (scope === undefined || scope.connectionId !== job.asset.connectionId) return false
  return job.asset.qualifiedName.startsWith(`${scope.qualifiedName}.`)
}

function inTime(job: Job, search: JobSearch, nowMs: number): boolean {
  const created = Date.parse(job.createdAt)
  if (search.range !== undefined) return created >= nowMs - dateRanges[search.range]
  return (
    (search.createdAfter === undefined || created >= Date.parse(search.createdAfter)) &&
    (search.createdBefore === undefined || created < Date.parse(search.createdBefore))
  )
}

function mentions(job: Job, q: string | undefined): boolean {
  if (q === undefined) return true
  const text = `${job.id} ${job.asset.qualifiedName} ${job.message} ${job.error?.message ?? ''}`
  return text.toLowerCase().includes(q.trim().toLowerCase())
}
