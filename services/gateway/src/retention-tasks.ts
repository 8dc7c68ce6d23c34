import {
  forgetAssetVersions,
  forgetConversations,
  forgetDocumentation,
  forgetEvents,
  forgetDeliveries,
  forgetFreshnessStates,
  forgetFreshnessUpdates,
  forgetIncidents,
  forgetJobs,
  forgetLogs,
  forgetMetricPoints,
  forgetLostImports,
  forgetOldKeys,
  forgetOldStaging,
  forgetOperations,
  forgetRunEvents,
  forgetSchemaChanges,
  forgetTagChanges,
  forgetSnapshots,
  forgetStatementLineage,
  forgetTableMemories,
  forgetTicks,
  type Database,
  type Forget,
  type JobAge,
} from '@plumbline/store'
import type { Retention } from './config.ts'

/** Something to be removed, in batches that each are over in a moment. */
export interface RetentionTask {
  name: string
  /** A walk over all of it; each step is one short transaction and tells how many rows it removed. */
  walk: () => AsyncGenerator<number>
}

const rowsAtOnce = 2_000
/** With their families, steps, warnings and logs. */
const jobsAtOnce = 50
const dayMs = 86_400_000
/** Whoever goes on with a question does so within the week. */
const conversationDays = 7
/** What was told of a job is no question any more: it is told within a week of its end. */
const runEventDays = 30

/** Everything that is kept for a time only. What is kept for ever (0 days) has no task. */
export function retentionTasks(db: Database, retention: Retention): RetentionTask[] {
  const aged: [name: string, days: number, forget: Forget][] = [
    ['events', retention.events, forgetEvents],
    ['logs', retention.logs, forgetLogs],
    ['snapshots', retention.snapshots, forgetSnapshots],
    ['asset versions', retention.snapshots, forgetAssetVersions],
    ['schema changes', retention.snapshots, forgetSchemaChanges],
    ['tag changes', retention.snapshots, forgetTagChanges],
    ['documentation versions', retention.snapshots, forgetDocumentation],
    ['freshness updates', retention.snapshots, forgetFreshnessUpdates],
    ['freshness states', retention.snapshots, forgetFreshnessStates],
    ['table memories', retention.snapshots, forgetTableMemories],
    ['operations', retention.operations, forgetOperations],
    ['ticks', retention.ticks, forgetTicks],
    ['metric points', retention.metrics, forgetMetricPoints],
    ['incidents', retention.incidents, forgetIncidents],
    ['deliveries', retention.incidents, forgetDeliveries],
    ['statements', retention.snapshots, forgetStatementLineage],
    ['run events', runEventDays, forgetRunEvents],
  ]
  return [
    { name: 'idempotency keys', walk: () => batches(() => forgetOldKeys(db, rowsAtOnce), rowsAtOnce) },
    { name: 'staging of failed jobs', walk: () => batches(() => forgetOldStaging(db), 1) },
    {
      name: 'conversations',
      walk: () => batches(() => forgetConversations(db, cutoffOf(conversationDays), rowsAtOnce), rowsAtOnce),
    },
    { name: 'lost imports', walk: () => batches(() => forgetLostImports(db), Infinity) },
    ...aged
      .filter(([, days]) => days > 0)
      .map(([name, days, forget]) => ({
        name,
        walk: () => batches(() => forget(db, cutoffOf(days), rowsAtOnce), rowsAtOnce),
      })),
    ...(retention.jobs > 0 ? [{ name: 'jobs', walk: () => walkJobs(db, cutoffOf(retention.jobs)) }] : []),
  ]
}

const cutoffOf = (days: number): Date => new Date(Date.now() - days * dayMs)

/** Until a batch was not full. */
async function* batches(remove: () => Promise<number>, full: number): AsyncGenerator<number> {
  let removed: number
  do {
    removed = await remove()
    yield removed
  } while (removed >= full)
}

/** Goes past families that are not old enough as a whole: the next walk looks at them again. */
async function* walkJobs(db: Database, cutoff: Date): AsyncGenerator<number> {
  let after: JobAge | undefined
  do {
    const { removed, next } = await forgetJobs(db, { cutoff, after, limit: jobsAtOnce })
    yield removed
    after = next
  } while (after)
}
