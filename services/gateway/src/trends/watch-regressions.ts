import { baselineRuns, findRegressions, leastSlowdownMs } from '@plumbline/analysis'
import { flagRegression, goodRuns, lookAtEnded, type EndedRuns } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { repeat, type Repeating } from '../repeat.ts'

const everyMs = 5_000
/** So far back a run of slow runs is followed: a baseline before it, and as much again. */
const runsRead = 3 * baselineRuns

/**
 * Compares jobs that completed with what is usual of them, a moment after they ended, and flags those with which a job became slow.
 * Short jobs can never be that and are passed over. A failure costs time: the same jobs are looked at in the next round.
 */
export function startRegressionWatch({ db, log }: Pick<Deps, 'db' | 'log'>): Repeating {
  return repeat(
    everyMs,
    async () => {
      while (await lookAtEnded(db, leastSlowdownMs, flagSlow));
    },
    (error) => log.warn({ err: error }, 'durations of jobs could not be compared'),
  )
}

type Look = Parameters<typeof lookAtEnded>[2]

async function flagSlow(trx: Parameters<Look>[0], ended: EndedRuns[]): Promise<void> {
  for (const { organizationId, assetId, type, jobIds } of ended) {
    const runs = await goodRuns(trx, organizationId, { assetId, type, limit: runsRead + jobIds.length })
    const isNew = new Set(jobIds)
    for (const { run, usual, before, surelySlow } of findRegressions(runs)) {
      if (isNew.has(surelySlow.id)) {
        await flagRegression(trx, { ...usual, jobId: run.id, organizationId, beforeJobId: before.id })
      }
    }
  }
}
