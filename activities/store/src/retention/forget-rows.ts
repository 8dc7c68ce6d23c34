import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'

/** Removes at most `limit` rows older than `cutoff`. @returns how many; fewer than `limit`: there are no more */
export type Forget = (db: Database, cutoff: Date, limit: number) => Promise<number>

async function removed(db: Database, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await statement.execute(db)
  return Number(numAffectedRows ?? 0)
}

/**
 * Events of jobs. The newest one stays however old it is: from it a gateway that starts knows where it is, and a stream that asks
 * for events before the oldest is told `reset`.
 */
export const forgetEvents: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from job_event where id in (
      select id from (select id, at from job_event order by id limit ${limit}) oldest
      where at < ${cutoff} and id < (select max(id) from job_event))`,
  )

/** What was told of jobs that ended before; of later ones it says what need not be told again. */
export const forgetRunEvents: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from run_event where id in (
      select e.id from run_event e join job j on j.id = e.job_id
      where e.sent_at is not null and j.ended_at < ${cutoff} order by e.id limit ${limit})`,
  )

export const forgetLogs: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from job_log where (job_id, id) in (
      select job_id, id from job_log where at < ${cutoff} order by at limit ${limit} for update skip locked)`,
  )

/** The newest snapshot of a connection stays, since the next discovery compares with it, and the one accepted as baseline. */
export const forgetSnapshots: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from snapshot where job_id in (
      select job_id from snapshot s where taken_at < ${cutoff} and baseline_at is null
        and exists (select from snapshot n where n.connection_id = s.connection_id and n.taken_at > s.taken_at)
      limit ${limit} for update skip locked)`,
  )

/**
 * A version stays as long as it tells what its asset was at a snapshot that is kept: one taken since `cutoff`, or the baseline.
 */
export const forgetAssetVersions: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from asset_version where (asset_id, job_id) in (
      select v.asset_id, v.job_id from asset_version v join asset a on a.id = v.asset_id
      where v.detected_at < ${cutoff} and exists (${newerUntil(cutoff)})
        and not exists (select from snapshot b where b.connection_id = a.connection_id and b.baseline_at is not null
          and b.taken_at >= v.detected_at and not exists (${newerUntil(sql`b.taken_at`)}))
      order by v.detected_at limit ${limit} for update of v skip locked)`,
  )

const newerUntil = (moment: unknown) => sql`
  select from asset_version n where n.asset_id = v.asset_id and n.detected_at > v.detected_at and n.detected_at <= ${moment}`

/** Of a table whose ids grow with its time: only the first of them are looked at. */
const forgetFirst =
  (table: string, at: string): Forget =>
  (db, cutoff, limit) =>
    removed(
      db,
      sql`delete from ${sql.table(table)} where id in (
        select id from (select id, ${sql.ref(at)} as at from ${sql.table(table)} order by id limit ${limit} for update skip locked) oldest
        where at < ${cutoff})`,
    )

export const forgetSchemaChanges = forgetFirst('schema_change', 'detected_at')

/** What runs did to tags. */
export const forgetTagChanges = forgetFirst('tag_change', 'changed_at')

/** What a text was found to mean, and no job has asked for since. */
export const forgetStatementLineage: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from statement_lineage where ctid = any(array(
      select ctid from statement_lineage where used_at < ${cutoff} order by used_at limit ${limit}))`,
  )

export const forgetOperations: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from operation where id in (
      select id from operation where ended_at < ${cutoff} order by ended_at limit ${limit} for update skip locked)`,
  )

/** What checks remember of tables that they have not seen for long: those are gone, or nobody asks for them. */
export const forgetTableMemories: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from table_memory where (connection_id, external_id) in (
      select connection_id, external_id from table_memory where seen_at < ${cutoff}
      order by seen_at limit ${limit} for update skip locked)`,
  )

/** What rhythms are learned from. */
export const forgetFreshnessUpdates: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from freshness_update where (asset_id, at) in (
      select asset_id, at from freshness_update where at < ${cutoff} order by at limit ${limit} for update skip locked)`,
  )

/** The newest change of state of a table stays: it is in it still. */
export const forgetFreshnessStates: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from freshness_state where (asset_id, at) in (
      select asset_id, at from freshness_state s where at < ${cutoff}
        and exists (select from freshness_state n where n.asset_id = s.asset_id and n.at > s.at)
      order by at limit ${limit} for update skip locked)`,
  )

/** Points of metrics. What a series is judged by is younger than a year and a month. */
export const forgetMetricPoints: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from metric_point where (series_id, at) in (
      select series_id, at from metric_point where at < ${cutoff} limit ${limit} for update skip locked)`,
  )

/** Texts that others took the place of. */
export const forgetDocumentation: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from documentation where ctid = any(array(
      select ctid from documentation where replaced_at < ${cutoff} limit ${limit} for update skip locked))`,
  )

/** The ten newest ticks of a schedule that started something, and that did not, stay: its page lists them. */
export const forgetTicks: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from schedule_tick where (schedule_id, at, kind) in (
      select schedule_id, at, kind from schedule_tick t where at < ${cutoff} and at < (
        select n.at from schedule_tick n where n.schedule_id = t.schedule_id and n.outcome = t.outcome
        order by n.at desc offset 9 limit 1)
      limit ${limit} for update skip locked)`,
  )

/** Incidents that are over, with their occurrences and deliveries. */
export const forgetIncidents: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from incident where id in (
      select id from incident where resolved_at < ${cutoff} limit ${limit} for update skip locked)`,
  )

/** Digests and tests; the others go with their incidents. */
export const forgetDeliveries: Forget = (db, cutoff, limit) =>
  removed(
    db,
    sql`delete from alert_delivery where id in (
      select id from alert_delivery d where ended_at < ${cutoff} and incident_id is null
        and not exists (select from alert_delivery told where told.digest_id = d.id)
      limit ${limit} for update skip locked)`,
  )
