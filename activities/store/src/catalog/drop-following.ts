import { renameKinds, textKinds, type SchemaChange } from '@plumbline/workflows'
import type { Trx } from '../jobs/job-events.ts'

export type ChangeText = Pick<SchemaChange, 'kind' | 'before' | 'after'>

/** Texts looked at in one go: a few megabytes where they are definitions of views. */
const pageSize = 500

/**
 * Takes back what was noted of texts that only follow a rename of the same run: that is told where it happened.
 *
 * @returns how many changes
 */
export async function dropFollowing(
  trx: Trx,
  jobId: string,
  onlyFollows: (renames: Iterable<ChangeText>) => (change: ChangeText) => boolean,
): Promise<number> {
  const changes = trx.selectFrom('discovered_change').where('job_id', '=', jobId).select(['kind', 'before', 'after'])
  const renames = await changes.where('kind', 'in', renameKinds).execute()
  if (renames.length === 0) return 0
  const follows = onlyFollows(renames)
  let dropped = 0
  for (let last = -1; ;) {
    const page = await changes
      .select('position')
      .where('kind', 'in', textKinds)
      .where('position', '>', last)
      .orderBy('position')
      .limit(pageSize)
      .execute()
    const positions = page.filter(follows).map(({ position }) => position)
    if (positions.length > 0)
      await trx.deleteFrom('discovered_change').where('job_id', '=', jobId).where('position', 'in', positions).execute()
    dropped += positions.length
    if (page.length < pageSize) return dropped
    last = page.at(-1)?.position ?? last
  }
}
