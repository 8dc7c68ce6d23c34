import { setTimeout as sleep } from 'node:timers/promises'
import { connectorErrorOf, isNotFound } from './driver-error.ts'
import type { BigQueryLink } from './link.ts'
import { zJob, zJobList } from './resources.ts'

/** How long a cancelled job may take to end; callers are promised 5 s. */
const graceMs = 4_000
const pollMs = 100

/**
 * Cancels a job and waits until BigQuery says that it is over, 4 s at most: also when the signal has aborted. Never throws: what cannot
 * be cancelled ends by its own time limit, and the clean-up of its owner tries once more.
 */
export async function cancelJob(
  link: BigQueryLink,
  job: { jobId: string; location: string | undefined },
): Promise<void> {
  const path = `/jobs/${job.jobId}`
  const query = job.location === undefined ? {} : { location: job.location }
  const until = performance.now() + graceMs
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, graceMs)
  const isOver = async () => {
    await link.send({ method: 'POST', path: `${path}/cancel`, query, of: 'payer' })
    const { data } = zJob.safeParse(await link.send({ path, query, of: 'payer' }))
    return data?.status?.state === 'DONE'
  }
  const work = async () => {
    while (performance.now() < until) {
      try {
        if (await isOver()) return
      } catch (error) {
        // The call that makes it may still be on its way.
        if (!isNotFound(connectorErrorOf(error))) return
      }
      await sleep(pollMs)
    }
  }
  await Promise.race([work(), late])
  clearTimeout(timer)
}

/** Cancels the jobs of the same user that run under a label. @returns how many were told to end */
export async function cancelLabelled(link: BigQueryLink, label: string): Promise<number> {
  const wanted = labelValue(label)
  let cancelled = 0
  for (const stateFilter of ['running', 'pending']) {
    const pages = link.pages({
      path: '/jobs',
      query: { stateFilter, projection: 'full', fields: 'nextPageToken,jobs(jobReference,configuration(labels))' },
      answer: zJobList,
      of: 'payer',
    })
    for await (const { jobs = [] } of pages)
      for (const { jobReference, configuration } of jobs) {
        if (configuration?.labels?.['plumbline'] !== wanted) continue
        await cancelJob(link, { jobId: jobReference.jobId, location: jobReference.location })
        cancelled += 1
      }
  }
  return cancelled
}

/** Labels hold small letters, digits, `-` and `_`, 63 at most. */
export const labelValue = (label: string): string =>
  label
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .slice(0, 63)
