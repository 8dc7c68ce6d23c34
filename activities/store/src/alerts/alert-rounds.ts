import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { eventsAtOnce, nextEvents, type EventSpan } from '../jobs/next-events.ts'
import { takeTurn } from '../take-turn.ts'
import { escalate } from './change-incidents.ts'
import { releaseHeld } from './queue-notices.ts'

/** Of the advisory lock; any number that nothing else takes. */
const lock = 4_201_343

/**
 * One look at what happened since the last: `look` records it, and all that follows from it is queued, in the transaction that
 * remembers how far it came. Killed at any moment, all of it happens once. Several processes may call it; one does it.
 *
 * @returns whether there may be more
 */
export async function lookForAlerts(
  db: Database,
  look: (trx: Trx, span: EventSpan) => Promise<void>,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if (!(await takeTurn(trx, lock))) return false
    const { after, last, events } = await nextEvents(trx, 'alert_cursor')
    await look(trx, { after, last })
    await escalate(trx)
    await releaseHeld(trx)
    if (last > after) await trx.updateTable('alert_cursor').set({ after: last }).execute()
    return last > after && events === eventsAtOnce
  })
}

/** Whoever changes incidents by hand waits for the round that is under way. */
export const lockForIncidents = (trx: Trx): Promise<unknown> => sql`select pg_advisory_xact_lock(${lock})`.execute(trx)
