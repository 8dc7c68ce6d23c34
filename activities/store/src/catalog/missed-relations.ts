import { sql, type RawBuilder } from 'kysely'

/**
 * Of the relations `below`, those that could not be measured by the last capture on them or on what they lie in, and were not
 * measured since. A warning that names the relation alone is about all of it, but for the one about single columns.
 */
export const missedByCapture = (asset: {
  id: string
  schemaId: string | null
  databaseId: string
}): RawBuilder<unknown> => sql`
  select distinct b.id
  from (
    select id from below
    union select unnest(array[${asset.id}, ${asset.schemaId}, ${asset.databaseId}]::uuid[])
  ) started
  cross join lateral (
    select j.id, j.ended_at from job j
    where j.asset_id = started.id and j.type = 'metric_capture' and j.state = 'completed'
    order by j.created_at desc, j.id desc limit 1
  ) capture
  join job_warning w on w.job_id = capture.id and w.code <> 'columns-left-out'
  join below b on b.qualified_name = w.object
  where not exists (select from metric_series s where s.asset_id = b.id and s.last_at > capture.ended_at)`

/** Of the relations `below`, those that were locked when a discovery read their schema last. */
export const missedByDiscovery = ({ connectionId }: { connectionId: string }): RawBuilder<unknown> => sql`
  select b.id
  from (
    select distinct on (read.name, locked.name) read.name as schema, locked.name as relation, s.taken_at
    from snapshot s
    cross join jsonb_to_recordset(s.scopes) as read(name text, unread jsonb)
    cross join jsonb_array_elements_text(read.unread) as locked(name)
    where s.connection_id = ${connectionId}::uuid and (s.counts ->> 'locked')::int > 0
    order by read.name, locked.name, s.taken_at desc
  ) l
  join below b on b.name = l.relation
  join asset schema on schema.id = b.schema_id and schema.name = l.schema
  where not exists (select from snapshot later
    where later.connection_id = ${connectionId}::uuid and later.taken_at > l.taken_at
      and later.scopes @> jsonb_build_array(jsonb_build_object('name', l.schema, 'complete', true)))`
