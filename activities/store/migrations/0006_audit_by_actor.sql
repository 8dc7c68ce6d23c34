-- Up Migration

-- The audit of one person, in the order of its list.
create index audit_by_actor on audit (organization_id, actor, id desc);

-- The jobs of one schedule, in the order of the list.
create index job_by_schedule on job (schedule_id, created_at desc, id desc)
  include (organization_id, state, type, trigger_kind, actor) where schedule_id is not null;
