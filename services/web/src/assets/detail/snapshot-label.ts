import { fullTime } from '../../text/time.ts'
import type { Snapshot } from '@plumbline/api'

export const incompleteSchemas = ({ schemas }: Pick<Snapshot, 'schemas'>): string[] =>
  schemas.flatMap(({ name, complete }) => (complete ? [] : [name]))

/** When it was taken, and what sets it apart. */
export function snapshotLabel(snapshot: Pick<Snapshot, 'takenAt' | 'schemas' | 'baseline' | 'changes'>): string {
  const marks = [
    ...(snapshot.baseline === null ? [] : ['baseline']),
    ...(snapshot.changes === 0 ? [] : [`${snapshot.changes} ${snapshot.changes === 1 ? 'change' : 'changes'}`]),
    ...(incompleteSchemas(snapshot).length === 0 ? [] : ['incomplete']),
  ]
  return [fullTime(snapshot.takenAt), ...marks].join(' · ')
}
