import { sql } from 'kysely'
import type { Trx } from './job-events.ts'

/** Of an event beyond a gap: what a short commit may still add before it is there by then. */
const settled = '10 seconds'
export const eventsAtOnce = 5_000

/** Events of jobs, after one id up to another. */
export interface EventSpan {
  after: number
  last: number
}

/** The events that whoever keeps a cursor looks at next. */
export type NextEvents = EventSpan & { events: number }

/** Ids are given before commits: beyond a gap only what is old enough is read. @throws where the table has no row */
export async function nextEvents(trx: Trx, cursor: 'alert_cursor' | 'run_event_cursor'): Promise<NextEvents> {
  const table = sql.table(cursor)
  const { rows } = await sql<NextEvents>`
    with next as (
      select id, at, row_number() over (order by id) as place from (
        select id, at from job_event where id > (select after from ${table}) order by id limit ${eventsAtOnce}) e
    )
    select c.after, count(next.id) as events, greatest(c.after, max(id) filter (
      where id = c.after + place or at < now() - ${settled}::interval)) as last
    from ${table} c left join next on true group by c.after`.execute(trx)
  const [row] = rows
  if (!row) throw new Error(`${cursor} has no row`)
  return row
}
