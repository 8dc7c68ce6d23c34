-- Up Migration

-- What lists and counts of millions of jobs need.

alter table job add state text not null generated always as (
  case when status = 'failed' and resolved_by_job_id is not null then 'resolved' else status end
) stored;
comment on column job.state is 'The status, with the failed that a later attempt fixed told apart: the lists, the counts and their indexes use it';

drop index job_by_duration, job_by_status, job_by_connection, job_by_database, job_by_schema, job_by_asset, job_search,
  job_one_retry;
create unique index job_one_retry on job (retry_of) where retry_of is not null;

-- In the order of the list, whatever else is asked for: the columns that come along let a scan skip rows without reading them.
create index job_by_database on job (database_id, created_at desc, id desc)
  include (organization_id, state, type, trigger_kind, actor);
create index job_by_schema on job (schema_id, created_at desc, id desc)
  include (organization_id, state, type, trigger_kind, actor);
create index job_by_asset on job (asset_id, created_at desc, id desc)
  include (organization_id, state, type, trigger_kind, actor);
create index job_by_actor on job (organization_id, actor, created_at desc, id desc) include (state, type, trigger_kind);

-- In the order of the list for one state, type and trigger: a page is merged from those that are asked for.
create index job_kinds on job (organization_id, state, type, trigger_kind, created_at desc, id desc);
create index job_kinds_of_database on job (database_id, state, type, trigger_kind, created_at desc, id desc);
create index job_kinds_by_duration on job
  (organization_id, state, type, trigger_kind, (coalesce(duration_ms, -1)) desc, id desc) include (duration_ms);
create index job_kinds_of_database_by_duration on job
  (database_id, state, type, trigger_kind, (coalesce(duration_ms, -1)) desc, id desc) include (duration_ms);

-- By duration, whatever else is asked for: what a filter looks at comes along, so that tens of thousands of jobs are skipped
-- without reading them.
create index job_by_duration on job (organization_id, (coalesce(duration_ms, -1)) desc, id desc)
  include (duration_ms, state, type, trigger_kind, actor, database_id, schema_id, asset_id, created_at);
create index job_by_actor_and_duration on job (organization_id, actor, (coalesce(duration_ms, -1)) desc, id desc)
  include (duration_ms, state, type, trigger_kind, created_at);
create index job_by_schema_and_duration on job (schema_id, (coalesce(duration_ms, -1)) desc, id desc)
  include (duration_ms, state, type, trigger_kind, created_at);
create index job_by_asset_and_duration on job (asset_id, (coalesce(duration_ms, -1)) desc, id desc)
  include (duration_ms, state, type, trigger_kind, created_at);

-- The week, the month and the year of a time (UTC). A text is looked for period by period, newest first: the trigrams of all
-- jobs together are too many to be intersected for one page.
create function job_periods(at timestamptz) returns int[] language sql immutable parallel safe
return array[
  floor(extract(epoch from at at time zone 'UTC') / 604800)::int,
  100000 + (extract(year from at at time zone 'UTC') * 12 + extract(month from at at time zone 'UTC') - 1)::int,
  200000 + extract(year from at at time zone 'UTC')::int
];
create index job_text on job using gin (job_periods(created_at), search gin_trgm_ops)
  -- What has not been merged into it yet is read at each look: a few periods a page.
  with (gin_pending_list_limit = 256);

-- The databases of a connection: its jobs are listed through them.
create index asset_database_of_connection on asset (connection_id) where kind = 'database';

-- The planner multiplies what it knows of single columns; these depend on each other.
create statistics job_kinds_together (dependencies, ndistinct, mcv) on state, type, trigger_kind, database_id, actor from job;
alter statistics job_kinds_together set statistics 1000;

-- Room in each page for the next form of its rows: an update that leaves what is indexed as it is then touches no index.
alter table job set (fillfactor = 80);

-- A list reads rows that were just written: the visibility map and the statistics must keep up with millions of rows.
alter table job set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_analyze_scale_factor = 0.02);

-- Who waits for a slot, in order.
create index job_waiting on job (connection_id, created_at, id)
  where status = 'pending' and ended_at is null and queued_at is not null;

-- How many jobs there are of each kind: within the organization, and within each database.

create table job_count (
  organization_id uuid not null,
  scope_id uuid not null,
  type text not null,
  state text not null,
  trigger_kind text not null,
  jobs bigint not null,
  primary key (organization_id, scope_id, type, state, trigger_kind)
);
comment on table job_count is 'As of the last fold; together with job_count_change exact at any time';
comment on column job_count.scope_id is 'A database, or the organization for all of them';

create table job_count_change (
  organization_id uuid not null,
  database_id uuid not null,
  type text not null,
  state text not null,
  trigger_kind text not null,
  change bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
comment on table job_count_change is
  'Appended by the transaction that changes jobs and folded into job_count in the background: writers never wait for one another';

create function job_count_inserted() returns trigger language plpgsql as $$
begin
  insert into job_count_change (organization_id, database_id, type, state, trigger_kind, change)
  select organization_id, database_id, type, state, trigger_kind, count(*) from inserted
  group by organization_id, database_id, type, state, trigger_kind;
  return null;
end $$;
create trigger job_count_inserted after insert on job
  referencing new table as inserted for each statement execute function job_count_inserted();

create function job_count_deleted() returns trigger language plpgsql as $$
begin
  insert into job_count_change (organization_id, database_id, type, state, trigger_kind, change)
  select organization_id, database_id, type, state, trigger_kind, -count(*) from deleted
  group by organization_id, database_id, type, state, trigger_kind;
  return null;
end $$;
create trigger job_count_deleted after delete on job
  referencing old table as deleted for each statement execute function job_count_deleted();

create function job_count_updated() returns trigger language plpgsql as $$
begin
  insert into job_count_change (organization_id, database_id, type, state, trigger_kind, change) values
    (old.organization_id, old.database_id, old.type, old.state, old.trigger_kind, -1),
    (new.organization_id, new.database_id, new.type, new.state, new.trigger_kind, 1);
  return null;
end $$;
-- For each row: only so are updates that leave the kind as it is (progress, every second) let pass at no cost.
create trigger job_count_updated after update on job for each row
  when ((old.organization_id, old.database_id, old.type, old.state, old.trigger_kind)
    is distinct from (new.organization_id, new.database_id, new.type, new.state, new.trigger_kind))
  execute function job_count_updated();

insert into job_count (organization_id, scope_id, type, state, trigger_kind, jobs)
select organization_id, coalesce(database_id, organization_id), type, state, trigger_kind, count(*) from job
group by organization_id, type, state, trigger_kind, grouping sets ((database_id), ());
