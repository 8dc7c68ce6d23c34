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
  include (organization_id, duration_ms, state, type, trigger_kind, created_at);
create index job_by_asset_and_duration on job (asset_id, (coalesce(duration_ms, -1)) desc, id desc)
  include (organization_id, duration_ms, state, type, trigger_kind, created_at);

-- A text is looked up among the names that jobs' assets bore and among the phrases that ended jobs say: both are far fewer than
-- jobs, and each leads to its jobs in the order of a list. Active jobs are few and are read.

alter table job drop column search;
alter table job add search text not null generated always as (
  lower(asset_qualified_name || chr(10) || message || chr(10) || coalesce(error ->> 'message', ''))
) stored;

create table job_asset_name (
  organization_id uuid not null,
  database_id uuid not null,
  asset_id uuid not null,
  name text not null,
  primary key (asset_id, name)
);
comment on table job_asset_name is 'Every name, in small letters, under which an asset has jobs';
create index job_asset_name_text on job_asset_name using gin (name gin_trgm_ops);

create function job_asset_named() returns trigger language plpgsql as $$
begin
  insert into job_asset_name (organization_id, database_id, asset_id, name)
  select distinct organization_id, database_id, asset_id, lower(asset_qualified_name) from inserted on conflict do nothing;
  return null;
end $$;
create trigger job_asset_named after insert on job
  referencing new table as inserted for each statement execute function job_asset_named();

create table job_phrase (
  id bigint generated always as identity primary key,
  organization_id uuid not null,
  said text not null,
  -- A text may be longer than an index entry.
  digest uuid not null generated always as (md5(said)::uuid) stored,
  unique (organization_id, digest)
);
comment on table job_phrase is 'What ended jobs say, message and error, in small letters: each text once';
create index job_phrase_text on job_phrase using gin (said gin_trgm_ops);

create function phrase_of(job job) returns text language sql immutable return
  lower(case when job.message = job.error ->> 'message' then job.message
    else concat_ws(chr(10), job.message, job.error ->> 'message') end);

alter table job add phrase_id bigint;
comment on column job.phrase_id is
  'No foreign key: its check would cost each job''s end. A phrase is locked while it is taken, and removed with its last job';

create function job_said() returns trigger language plpgsql as $$
declare
  text_said text = phrase_of(new);
begin
  while new.phrase_id is null loop
    -- Locked, so that it is not removed with the last job that said it before.
    select id into new.phrase_id from job_phrase
    where organization_id = new.organization_id and digest = md5(text_said)::uuid for key share;
    if not found then
      insert into job_phrase (organization_id, said) values (new.organization_id, text_said)
      on conflict do nothing returning id into new.phrase_id;
    end if;
  end loop;
  return new;
end $$;
create trigger job_said before insert or update on job for each row
  when (new.ended_at is not null and new.phrase_id is null) execute function job_said();

insert into job_asset_name (organization_id, database_id, asset_id, name)
select distinct organization_id, database_id, asset_id, lower(asset_qualified_name) from job;
insert into job_phrase (organization_id, said)
select distinct organization_id, phrase_of(job) from job where ended_at is not null;
update job set phrase_id = p.id from job_phrase p
where ended_at is not null and p.organization_id = job.organization_id and p.digest = md5(phrase_of(job))::uuid;

create index job_by_phrase on job (phrase_id, created_at desc, id desc)
  include (organization_id, duration_ms, state, type, trigger_kind, actor, database_id, schema_id, asset_id)
  where phrase_id is not null;
-- The page shows the end of an id.
create index job_by_end_of_id on job (right(id::text, 8));

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
