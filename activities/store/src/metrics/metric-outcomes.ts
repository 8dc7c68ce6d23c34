import type { MetricOutcome } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'

export interface DefinedOutcome {
  definitionId: string
  outcome: MetricOutcome
}

/**
 * Keeps on each definition what measuring it came to. A repeated call changes nothing; what was measured earlier never replaces what
 * was measured later. The rows are locked in the order of their ids, so that two jobs never wait for each other in a circle.
 */
export async function writeOutcomes(
  db: Database,
  lease: StepLease,
  outcomes: readonly DefinedOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return
  const update = sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o("definitionId" uuid, outcome jsonb)
    ), locked as materialized (
      select id, last_outcome from metric_definition where id in (select "definitionId" from told)
      order by id for no key update
    )
    update metric_definition d set last_outcome = told.outcome
    from told join locked on locked.id = told."definitionId"
    where d.id = locked.id
      and (locked.last_outcome is null
        or (locked.last_outcome ->> 'at')::timestamptz <= (told.outcome ->> 'at')::timestamptz)`
  await underLease(db, lease, (trx) => update.execute(trx))
}
