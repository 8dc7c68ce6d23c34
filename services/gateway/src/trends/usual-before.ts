import { baselineRuns, usualDuration, type UsualDuration } from '@plumbline/analysis'
import { goodRuns, type Database } from '@plumbline/store'
import type { JobType } from '@plumbline/workflows'

/** How long a type of job on an asset usually took before a time; `undefined` while it had too few good runs. */
export async function usualBefore(
  db: Database,
  organizationId: string,
  of: { assetId: string; type: JobType; before: Date },
): Promise<UsualDuration | undefined> {
  const runs = await goodRuns(db, organizationId, { ...of, limit: baselineRuns })
  return usualDuration(runs.map(({ durationMs }) => durationMs))
}
