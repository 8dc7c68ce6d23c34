import { jobDefinition, type ActionFacts } from '@plumbline/workflows'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

type ActionRow = Pick<
  Selectable<Tables['job']>,
  'type' | 'status' | 'cancel_requested_at' | 'newest_attempt' | 'ended_at' | 'finished_steps'
>

/** What the rule for actions looks at, from a job's row, as of now. */
export function actionFacts(row: ActionRow, now = Date.now()): ActionFacts {
  const since = (time: Date | null) => time && now - time.getTime()
  return {
    status: row.status,
    cancellingMs: since(row.cancel_requested_at),
    newestAttempt: row.newest_attempt,
    endedMs: since(row.ended_at),
    finishedSteps: row.finished_steps,
    steps: jobDefinition(row.type).steps,
  }
}
