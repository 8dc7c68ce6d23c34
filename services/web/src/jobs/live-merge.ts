import { hasEnded } from '@plumbline/workflows'
import type { Page } from '../api/cursor-pages.ts'
import type { Job, JobDetail } from '@plumbline/api'
import type { InfiniteData } from '@tanstack/react-query'

/**
 * The newer of two states of one job. An event can arrive behind a page that was read after it was written: an ended job
 * never runs again, a run never becomes pending again, and progress never goes back, so the older one is known by that.
 */
export function newerJob(known: Job, incoming: Job): Job {
  if (hasEnded(known.status) && !hasEnded(incoming.status)) return known
  if (known.status === 'running' && incoming.status === 'pending') return known
  if (known.status === incoming.status && incoming.progress.percent < known.progress.percent) return known
  if (known.resolvedByJobId !== null && incoming.resolvedByJobId === null) return known
  return incoming
}

type JobPages = InfiniteData<Page<Job>>

/** Puts newer states into the rows they belong to; no row moves, comes or goes. The same object when nothing changed. */
export function mergeIntoPages<Pages extends JobPages>(pages: Pages, incoming: ReadonlyMap<string, Job>): Pages {
  let changed = false
  const merged = pages.pages.map((page) => {
    const items = mergeIntoList(page.items, incoming)
    if (items === page.items) return page
    changed = true
    return { ...page, items }
  })
  return changed ? { ...pages, pages: merged } : pages
}

function mergeIntoList(items: Job[], incoming: ReadonlyMap<string, Job>): Job[] {
  let changed = false
  const merged = items.map((known) => {
    const next = incoming.get(known.id)
    const kept = next === undefined ? known : newerJob(known, next)
    changed ||= kept !== known
    return kept
  })
  return changed ? merged : items
}

/**
 * The summary of a detail, its children and its attempts brought up to date. Steps, stack and warnings are not part of an
 * event: `stale` says that the detail has to be read again for them.
 */
export function mergeIntoDetail(
  detail: JobDetail,
  incoming: ReadonlyMap<string, Job>,
): { detail: JobDetail; stale: boolean } {
  const own = incoming.get(detail.id)
  const children = mergeIntoList(detail.children, incoming)
  const chain = mergeIntoList(detail.chain, incoming)
  const related = [...incoming.values()].some((job) => concerns(detail, job))
  const summary = own === undefined ? detail : newerJob(detail, own)
  if (summary === detail && children === detail.children && chain === detail.chain) return { detail, stale: related }
  const error = summary.error === null ? null : { stack: null, causes: [], ...detail.error, ...summary.error }
  return { detail: { ...detail, ...summary, error, children, chain }, stale: related }
}

function concerns(detail: JobDetail, job: Job): boolean {
  return job.id === detail.id || job.parentJobId === detail.id || job.rootJobId === detail.rootJobId
}

/** The ids among the incoming jobs that no page has. */
export function unknownJobs(pages: JobPages | undefined, incoming: readonly Job[]): Job[] {
  const known = new Set(pages?.pages.flatMap((page) => page.items.map((job) => job.id)))
  return incoming.filter((job) => !known.has(job.id))
}
