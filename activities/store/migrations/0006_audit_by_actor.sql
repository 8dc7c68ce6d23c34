-- Up Migration

-- The audit of one person, in the order of its list.
create index audit_by_actor on audit (organization_id, actor, id desc);

-- The jobs of one schedule, in the order of the list.
create index job_by_schedule on job (schedule_id, created_at desc, id desc)
  include (organization_id, state, type, trigger_kind, actor) where schedule_id is not null;

alter table operation add retry_mode text not null default 'from_start' check (retry_mode in ('from_start', 'from_failure'));
comment on column operation.retry_mode is 'Where the attempts begin that it makes';

alter table job add imported_at timestamptz(3);
comment on column job.imported_at is 'When it came from another installation: its run was in the Temporal of that one';
