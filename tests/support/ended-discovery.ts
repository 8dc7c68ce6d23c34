import type { Database } from '@plumbline/store'
import type { JobError, JobStatus } from '@plumbline/workflows'
import { pastJobRow } from './past-job-row.ts'

const second = 1_000

/** A discovery of the past: when it was created, how long it ran, what became of it, and the rows that it counted. */
export interface EndedDiscovery {
  createdAt: number
  seconds: number
  status?: JobStatus
  rows?: number
  actor?: string
  error?: JobError
}

/** Puts an ended discovery into the record as if it had run: it waited two seconds, and connected for one. */
export async function addEndedDiscovery(db: Database, assetId: string, of: EndedDiscovery): Promise<string> {
  const { createdAt, seconds, status = 'completed', rows = 0, actor = 'ann', error } = of
  const root = await db.selectFrom('asset').selectAll().where('id', '=', assetId).executeTakeFirstOrThrow()
  const id = crypto.randomUUID()
  const startedAt = createdAt + 2 * second
  await db
    .insertInto('job')
    .values(
      pastJobRow(root, {
        id,
        status,
        percent: status === 'completed' ? 100 : 0,
        counts: JSON.stringify({ rows, tables: 5 }),
        actor,
        ...(error && { error: JSON.stringify(error), message: error.message }),
        created_at: new Date(createdAt),
        started_at: new Date(startedAt),
        ended_at: new Date(startedAt + seconds * second),
      }),
    )
    .execute()
  await db
    .insertInto('job_step')
    .values(
      ['connect', 'store'].map((name, position) => ({
        job_id: id,
        name,
        label: name,
        position,
        weight: 1,
        status: 'completed' as const,
        started_at: new Date(startedAt + position * second),
        ended_at: new Date(startedAt + (position === 0 ? 1 : seconds) * second),
      })),
    )
    .execute()
  await db
    .insertInto('job_event')
    .values({ organization_id: root.organization_id, job_id: id, at: new Date(Date.now() - 60_000) })
    .execute()
  return id
}
