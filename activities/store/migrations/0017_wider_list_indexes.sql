-- Up Migration

-- What an actor, a schema or a table has few of is found in their indexes alone: they carry every other column of a filter.
drop index job_by_actor;
create index job_by_actor on job (organization_id, actor, created_at desc, id desc)
  include (state, type, trigger_kind, database_id, schema_id, asset_id);

drop index job_by_actor_and_duration;
create index job_by_actor_and_duration on job (organization_id, actor, (coalesce(duration_ms, -1)) desc, id desc)
  include (duration_ms, state, type, trigger_kind, created_at, database_id, schema_id, asset_id);

drop index job_by_schema_and_duration;
create index job_by_schema_and_duration on job (schema_id, (coalesce(duration_ms, -1)) desc, id desc)
  include (organization_id, duration_ms, state, type, trigger_kind, created_at, actor);

drop index job_by_asset_and_duration;
create index job_by_asset_and_duration on job (asset_id, (coalesce(duration_ms, -1)) desc, id desc)
  include (organization_id, duration_ms, state, type, trigger_kind, created_at, actor);
