import type { Database, Tables } from '@plumbline/store'
import { errorCodes, type ErrorCode, type JobError } from '@plumbline/workflows'
import type { Selectable } from 'kysely'
import { pastJobRow } from './past-job-row.ts'

type Root = Selectable<Tables['asset']>

/** So many different things go wrong. */
export const causes = 20
const outageCodes = ['connection-lost', 'connection-refused', 'too-many-connections'] as const
const assetCodes = ['statement-timeout', 'permission-denied', 'source-failed'] as const

export const jobError = (code: ErrorCode, message: string): JobError => {
  const { retryable, hint } = errorCodes[code]
  return { code, message, retryable, hint, stack: null, causes: [] }
}

/** The nth failure: six connections are away, each with several errors, one kind of job loses its worker, the rest is of assets. */
function failureOf(n: number, roots: readonly Root[]): { root: Root | undefined; error: JobError } {
  const cause = n % causes
  const code = (codes: readonly ErrorCode[]): ErrorCode => codes[Math.floor(n / causes) % codes.length] ?? 'internal'
  if (cause === 0) return { root: roots[n % roots.length], error: jobError('worker-lost', `Worker ${n} is gone`) }
  const root = roots[cause % roots.length]
  if (cause <= 6) return { root, error: jobError(code(outageCodes), `Port ${5000 + n} of 10.0.0.${cause} is away`) }
  const assetCode = assetCodes[cause % assetCodes.length] ?? 'internal'
  return { root, error: jobError(assetCode, `Statement ${n} took ${n * 7} ms in step ${cause}`) }
}

async function addJobs(
  db: Database,
  jobs: readonly { root: Root | undefined; error: JobError | null; endedAt: Date }[],
): Promise<void> {
  const rows = jobs.flatMap(({ root, error, endedAt }) => {
    if (!root) return []
    const begun = new Date(endedAt.getTime() - 1_000)
    return pastJobRow(root, {
      id: crypto.randomUUID(),
      status: error ? 'failed' : 'completed',
      percent: error ? 0 : 100,
      error: error && JSON.stringify(error),
      created_at: begun,
      started_at: begun,
      ended_at: endedAt,
    })
  })
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('job').values(rows).execute()
    await trx
      .insertInto('job_event')
      .values(rows.map((row) => ({ organization_id: row.organization_id, job_id: row.id })))
      .execute()
  })
}

/** Puts failed jobs into the record as if they had run, one after the other; `from` counts on from the call before. */
export async function addFailures(
  db: Database,
  roots: readonly Root[],
  { from, count, endedAt }: { from: number; count: number; endedAt: Date },
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, n) => from + n)
  await addJobs(
    db,
    numbers.map((n) => ({ ...failureOf(n, roots), endedAt })),
  )
}

/** A job that completes on each asset, begun a moment ago. */
export const addSuccesses = (db: Database, roots: readonly Root[]): Promise<void> =>
  addJobs(
    db,
    roots.map((root) => ({ root, error: null, endedAt: new Date() })),
  )
