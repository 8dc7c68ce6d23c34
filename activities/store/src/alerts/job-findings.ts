import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'
import type { EventSpan } from '../jobs/next-events.ts'
import { recover } from './change-incidents.ts'
import { assetsOfJob, completedIn, type Finding } from './finding.ts'

/** What the jobs of a span found that a rule may be about: one finding a table, a table's series, or a changed relation. */
export async function jobFindings(trx: Trx, span: EventSpan): Promise<Finding[]> {
  const found: Finding[] = []
  for (const query of [breakingChanges(span), newPersonalData(span), staleTables(span), metricAnomalies(span)]) {
    const { rows } = await sql<Finding>`${query}`.execute(trx)
    found.push(...rows)
  }
  return found
}

const ofJob = sql`j.organization_id as "organizationId", j.connection_id as "connectionId", a.id as "assetId",
  j.type as "jobType", j.id as "jobId"`
const aboutJob = sql`jsonb_build_object('id', j.asset_id, 'name', j.asset_qualified_name) as about`

/** All of one discovery together: what was agreed on does not hold any more, whatever a later run says. */
const breakingChanges = (span: EventSpan): RawBuilder<unknown> => sql`
  select 'breaking_change' as kind, 'breaking ' || j.id || ' ' || a.id as key, j.id::text as cause, ${ofJob}, ${aboutJob},
    a.qualified_name || ': ' || left(string_agg(replace(c.kind, '_', ' ') || coalesce(' ' || c.column_name, ''), ', ' order by c.id), 300)
      as message, max(c.detected_at) as at
  from job j join schema_change c on c.job_id = j.id and c.breaking join asset a on a.id = c.asset_id
  where ${completedIn(span, 'schema_discovery')} group by j.id, a.id`

/** All of one run together. */
const newPersonalData = (span: EventSpan): RawBuilder<unknown> => sql`
  select 'new_pii' as kind, 'pii ' || j.id || ' ' || a.id as key, j.id::text as cause, ${ofJob}, ${aboutJob},
    a.qualified_name || ': ' || left(string_agg(distinct t.column_name || ' (' || t.tag || ')', ', '), 300) as message,
    max(t.changed_at) as at
  from job j join tag_change t on t.job_id = j.id and t.changed_at >= j.started_at and t.kind = 'added' and t.category = 'pii'
    join asset a on a.id = t.asset_id
  where ${completedIn(span, 'tag_generation')} group by j.id, a.id`

/** Those of a schema together: it is one load that is late. A table counts once for each time that it turns stale. */
const staleTables = (span: EventSpan): RawBuilder<unknown> => sql`
  select 'stale_table' as kind, 'stale ' || a.id || ' ' || f.since as key, s.id::text as cause, ${ofJob},
    jsonb_build_object('id', s.id, 'name', s.qualified_name) as about,
    a.qualified_name || ' is stale' || coalesce(', last updated ' || to_char(f.updated_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC', '')
      as message, f.since as at
  from job j join asset a on ${assetsOfJob} join freshness f on f.asset_id = a.id and f.job_id = j.id and f.state = 'stale'
    join asset s on s.id = coalesce(a.schema_id, a.database_id)
  where ${completedIn(span, 'freshness_check')} and a.removed_at is null`

/** Those of a table together. */
const metricAnomalies = (span: EventSpan): RawBuilder<unknown> => sql`
  select 'metric_anomaly' as kind, 'metric ' || m.id || ' ' || m.last_at as key, a.id::text as cause, ${ofJob},
    jsonb_build_object('id', a.id, 'name', a.qualified_name) as about,
    m.metric || coalesce(' of ' || m.column_name, '') || coalesce(' for ' || m.group_name, '') || ' is '
      || case m.last_anomaly when 'high' then 'higher' else 'lower' end || ' than expected' as message, m.last_at as at
  from job j join asset a on ${assetsOfJob} join metric_series m on m.asset_id = a.id and m.last_anomaly is not null
    and m.last_at between j.started_at and j.ended_at
  where ${completedIn(span, 'metric_capture')} and a.removed_at is null`

/** Ends what a later check shows to be over: none of the tables is stale any more, no value of the table is anomalous. */
export async function recoverFindings(trx: Trx, span: EventSpan): Promise<void> {
  await recover(
    trx,
    sql`i.kind = 'stale_table' and i.connection_id in (select j.connection_id from job j where ${completedIn(span, 'freshness_check')})
      and not exists (
        select from incident_occurrence o join freshness f on f.asset_id = o.asset_id join asset a on a.id = o.asset_id
        where o.incident_id = i.id and a.removed_at is null and f.state not in ('fresh', 'learning', 'late'))`,
  )
  await recover(
    trx,
    sql`i.kind = 'metric_anomaly' and i.connection_id in (select j.connection_id from job j where ${completedIn(span, 'metric_capture')})
      and not exists (select from metric_series m where m.asset_id = i.asset_id and m.last_anomaly is not null and m.ended_at is null)`,
  )
}
