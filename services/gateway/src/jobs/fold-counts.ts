import { foldJobCounts } from '@plumbline/store'
import type { Deps } from '../deps.ts'
import { repeat, type Repeating } from '../repeat.ts'

/** At hundreds of jobs a second some thousand changes gather in between: a millisecond for who reads the counts. */
const everyMs = 5_000

/** Keeps the rollup of job counts short. What is not folded is counted all the same, so a failure costs time, not truth. */
export function startCountFolding({ db, log }: Pick<Deps, 'db' | 'log'>): Repeating {
  return repeat(
    everyMs,
    async () => {
      await foldJobCounts(db)
    },
    (error) => log.warn({ err: error }, 'job counts could not be folded'),
  )
}
