-- Up Migration

-- The jobs of an actor and of a schema lie by kind as those of a database do: what they have none or few of costs no way through
-- all of theirs. Each order carries the other: a short time is sorted by duration, and a long one passed through, in an index alone.
drop index job_by_actor, job_by_actor_and_duration, job_by_schema, job_by_schema_and_duration,
  job_kinds, job_kinds_of_database, job_kinds_by_duration, job_kinds_of_database_by_duration;

create index job_kinds on job (organization_id, state, type, trigger_kind, created_at desc, id desc) include (duration_ms);
create index job_kinds_of_database on job (database_id, state, type, trigger_kind, created_at desc, id desc)
  include (duration_ms);
create index job_kinds_of_schema on job (schema_id, state, type, trigger_kind, created_at desc, id desc)
  include (organization_id, duration_ms, actor);
create index job_kinds_of_actor on job (organization_id, actor, state, type, trigger_kind, created_at desc, id desc)
  include (duration_ms, database_id, schema_id, asset_id);

create index job_kinds_by_duration on job
  (organization_id, state, type, trigger_kind, (coalesce(duration_ms, -1)) desc, id desc) include (duration_ms, created_at);
create index job_kinds_of_database_by_duration on job
  (database_id, state, type, trigger_kind, (coalesce(duration_ms, -1)) desc, id desc) include (duration_ms, created_at);
create index job_kinds_of_schema_by_duration on job
  (schema_id, state, type, trigger_kind, (coalesce(duration_ms, -1)) desc, id desc)
  include (organization_id, duration_ms, created_at, actor);
create index job_kinds_of_actor_by_duration on job
  (organization_id, actor, state, type, trigger_kind, (coalesce(duration_ms, -1)) desc, id desc)
  include (duration_ms, created_at, database_id, schema_id, asset_id);
