import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'
import { takeTurn } from '../take-turn.ts'
import { eventsAtOnce, nextEvents, type EventSpan } from '../jobs/next-events.ts'

/** Of the advisory lock; any number that nothing else takes. */
const lock = 4_201_347
/** Jobs that ended longer ago are no news, also when something about them changes. */
const news = '7 days'

/**
 * Queues what is to be told of the jobs that changed since the last call, each transition once, and remembers how far it came, in one
 * transaction. The first call ever begins with what happens from then on. Several processes may call it; one does it.
 *
 * @returns whether there may be more
 */
export async function queueRunEvents(db: Database): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if (!(await takeTurn(trx, lock))) return false
    await sql`insert into run_event_cursor (after) select coalesce(max(id), 0) from job_event
      on conflict do nothing`.execute(trx)
    const { after, last, events } = await nextEvents(trx, 'run_event_cursor')
    if (last === after) return false
    await queue(trx, { after, last })
    await trx.updateTable('run_event_cursor').set({ after: last }).execute()
    return events === eventsAtOnce
  })
}

/** In the order of what happened, which is the order in which it is told. A job that never began is told to start when it ends. */
async function queue(trx: Trx, { after, last }: EventSpan): Promise<void> {
  await sql`
    insert into run_event (organization_id, job_id, type, at)
    select j.organization_id, j.id, e.type, e.at
    from job j, lateral (values
      (1, 'START', coalesce(j.started_at, j.ended_at)),
      (2, 'RUNNING', (select greatest(min(s.started_at), j.started_at) from job_step s
        where s.job_id = j.id and s.taken_over_from is null and j.started_at is not null)),
      (3, case j.status when 'completed' then 'COMPLETE' when 'failed' then 'FAIL' when 'cancelled' then 'ABORT' end, j.ended_at)
    ) e (place, type, at)
    where j.id in (select job_id from job_event where id > ${after} and id <= ${last}) and j.imported_at is null
      and e.type is not null and e.at is not null and (j.ended_at is null or j.ended_at > now() - ${news}::interval)
    order by e.at, e.place
    on conflict (job_id, type) do nothing`.execute(trx)
}

/** Whether anything is still to be told. */
export async function hasUnsentRunEvents(db: Database): Promise<boolean> {
  const row = await db.selectFrom('run_event').select('id').where('sent_at', 'is', null).limit(1).executeTakeFirst()
  return row !== undefined
}

/** How many events wait to be told. */
export async function countUnsentRunEvents(db: Database): Promise<number> {
  const row = await db
    .selectFrom('run_event')
    .select((eb) => eb.fn.countAll<number>().as('events'))
    .where('sent_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.events
}
