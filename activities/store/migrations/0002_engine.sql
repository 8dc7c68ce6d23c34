-- Up Migration

-- Retry from failure: what finished steps came to, and with which code.

alter table job_step
  add column version int not null default 1,
  add column result jsonb,
  add column next_attempt_at timestamptz(3),
  add column taken_over_from uuid references job;
comment on column job_step.result is 'What a finished step came to: counts, never rows';
comment on column job_step.next_attempt_at is 'When Temporal tries it again; null unless its last try failed and another follows';
comment on column job_step.taken_over_from is 'The earlier attempt of the job that did this step';

alter table job add column finished_steps jsonb;
comment on column job.finished_steps is 'Of a failed or cancelled job: version by step that finished, while what they found is kept';
create index job_resumable on job (ended_at) where finished_steps is not null;

-- A paused connection admits no job.

alter table connection
  add column paused_at timestamptz(3),
  add column paused_by text;

-- A run that was reset in Temporal goes over its steps again.

alter table job_step add column run_id text;
comment on column job_step.run_id is 'The run that opened it last';

-- A job that was ended from outside leaves its run, its sessions in the source and its staging behind.

alter table job
  add column terminated_by text,
  add column terminate_reason text,
  add column cleanup_due_at timestamptz(3);
comment on column job.cleanup_due_at is 'When its run is ended and its clean-up started, again if it does not get through; null once it did';
create index job_cleanup_due on job (cleanup_due_at) where cleanup_due_at is not null;

-- What a job logs.

create table job_log (
  id bigint generated always as identity,
  job_id uuid not null,
  at timestamptz(3) not null default now(),
  level text not null check (level in ('debug', 'info', 'warn', 'error')),
  step text,
  attempt int,
  message text not null,
  fields jsonb not null default '{}',
  primary key (job_id, id)
);
comment on column job_log.id is 'Of one job in the order of the commits: its writers hold the row of the job when they take it';
comment on column job_log.attempt is 'Of the step';

create function log_job(of_job uuid, line_level text, of_step text, line text, line_fields jsonb default '{}') returns void
language plpgsql as $$
begin
  insert into job_log (job_id, level, step, message, fields) values (of_job, line_level, of_step, line, line_fields);
exception when others then
  raise warning 'a line of the log of job % was lost: %', of_job, sqlerrm;
end $$;
comment on function log_job is 'For the statements that lead a job through its life: a log that cannot be written never stops them';

-- The log tells a job's life whoever writes it: gateway, workflow, reconciler. Triggers, so that no writer can forget a line, and
-- none needs another round trip.

create function seconds_text(lasted interval) returns text language sql immutable as $$
  select round(extract(epoch from lasted)::numeric, 1) || ' s'
$$;

create function log_job_life() returns trigger language plpgsql as $$
begin
  if new.cancel_requested_at is not null and old.cancel_requested_at is null and new.ended_at is null then
    perform log_job(new.id, 'warn', null,
      'Cancel asked for by ' || new.cancel_requested_by || coalesce(': ' || new.cancel_reason, ''));
  end if;
  if new.paused <> old.paused then
    perform log_job(new.id, 'warn', null, case when new.paused then 'Paused in Temporal' else 'Goes on after a pause' end);
  end if;
  if new.run_id <> old.run_id then
    perform log_job(new.id, 'warn', null, 'Reset in Temporal: goes on in another run', jsonb_build_object('runId', new.run_id));
  end if;
  if new.status = old.status then return null; end if;
  case new.status
    when 'running' then
      perform log_job(new.id, 'info', null, 'Admitted after ' || seconds_text(new.started_at - new.created_at));
    when 'completed' then
      perform log_job(new.id, 'info', null, 'Completed: ' || new.message, new.counts);
    when 'failed' then
      perform log_job(new.id, 'error', null, 'Failed: ' || new.message, jsonb_build_object('code', new.error ->> 'code'));
    when 'cancelled' then
      perform log_job(new.id, 'warn', null, new.message);
    else null;
  end case;
  return null;
end $$;
create trigger job_life after update of status, cancel_requested_at, paused, run_id on job for each row
  when (new.status <> old.status or new.paused <> old.paused or new.run_id <> old.run_id
    or (new.cancel_requested_at is not null and old.cancel_requested_at is null))
  execute function log_job_life();

create function log_step_life() returns trigger language plpgsql as $$
declare
  title text = 'Step "' || new.label || '" ';
  counted text = coalesce(': ' || new.done || ' ' || new.unit, '');
begin
  if new.status = 'running' then
    perform log_job(new.job_id, 'info', new.name, title || 'began');
  elsif new.taken_over_from is not null and old.taken_over_from is null then
    perform log_job(new.job_id, 'info', new.name, title || 'taken over from an earlier attempt' || counted,
      jsonb_build_object('from', new.taken_over_from));
  elsif old.status = 'running' and new.ended_at is not null then
    perform log_job(new.job_id, case new.status when 'completed' then 'info' when 'failed' then 'error' else 'warn' end,
      new.name, title || new.status || ' after ' || seconds_text(new.ended_at - new.started_at) || counted,
      jsonb_build_object('attempts', new.attempts));
  end if;
  return null;
end $$;
create trigger step_ended after update of status on job_step for each row
  when (new.status <> old.status and new.status <> 'running') execute function log_step_life();
-- At the commit: one statement ends a step and begins the next.
create constraint trigger step_began after update of status on job_step deferrable initially deferred for each row
  when (new.status <> old.status and new.status = 'running') execute function log_step_life();

-- A request that was lost in the middle makes nothing twice.

alter table idempotency_key
  add column resource_id uuid not null default gen_random_uuid(),
  add column released boolean not null default false;
comment on column idempotency_key.released is 'The request failed on our side and may be sent again at once';
comment on column idempotency_key.resource_id is 'The id of what the request makes: the same when it is carried out anew after its gateway was lost';

-- Schedules. The record is the truth; Temporal is told, and told again until it was.

create table schedule (
  id uuid primary key,
  organization_id uuid not null references organization,
  name text not null,
  type text not null,
  asset_id uuid not null references asset,
  target jsonb,
  config jsonb not null,
  cron text,
  every text,
  timezone text not null,
  overlap text not null check (overlap in ('skip', 'buffer_one', 'allow_all')),
  jitter text,
  paused_at timestamptz(3),
  paused_by text,
  pause_reason text,
  revision int not null default 1,
  synced_revision int not null default 0,
  pushing_until timestamptz(3),
  next_runs timestamptz(3)[] not null default '{}',
  ticks_checked_to timestamptz(3) not null default now(),
  checked_at timestamptz(3) not null default now(),
  created_by text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  check ((cron is null) <> (every is null)),
  check ((paused_at is null) = (paused_by is null))
);
comment on column schedule.target is '{each, matching?}: one job for every such asset below asset_id; null: one job on it';
comment on column schedule.revision is 'Counts the changes; synced_revision is the one that Temporal has';
comment on column schedule.pushing_until is 'Until then one gateway is telling Temporal; others leave it alone';
comment on column schedule.next_runs is 'As Temporal said when it was asked last';
comment on column schedule.ticks_checked_to is 'The last tick of which it is known whether it started jobs';
create unique index schedule_name on schedule (organization_id, name) where deleted_at is null;
create index schedule_asset on schedule (asset_id) where deleted_at is null;
create index schedule_unsynced on schedule (checked_at) where synced_revision <> revision;
create index schedule_checked on schedule (checked_at) where deleted_at is null;

create table schedule_tick (
  schedule_id uuid not null references schedule,
  at timestamptz(3) not null,
  kind text not null check (kind in ('tick', 'manual')),
  outcome text not null check (outcome in ('started', 'skipped')),
  reason text,
  message text,
  job_ids uuid[] not null default '{}',
  blocking_job_id uuid,
  created_at timestamptz(3) not null default now(),
  primary key (schedule_id, at, kind),
  check ((reason is null) = (outcome = 'started'))
);
comment on column schedule_tick.at is 'The time it was for, without jitter where it started';
comment on column schedule_tick.blocking_job_id is 'Of a skipped tick: the job that was active';
create index schedule_tick_outcome on schedule_tick (schedule_id, outcome, at desc);

-- One action on many jobs: a cancel or a retry of all that a filter, or a list of ids, names.

create table operation (
  id uuid primary key,
  organization_id uuid not null references organization,
  action text not null check (action in ('cancel', 'retry')),
  status text not null default 'running' check (status in ('running', 'completed', 'cancelled', 'failed')),
  filter jsonb,
  ids text[],
  reason text,
  actor text not null,
  request_id text not null,
  total int not null,
  total_capped boolean not null,
  done int not null default 0,
  succeeded int not null default 0,
  refused int not null default 0,
  after_created_at timestamptz(3),
  after_id uuid,
  run_id text,
  cancel_requested_at timestamptz(3),
  cancel_requested_by text,
  error text,
  created_at timestamptz(3) not null default now(),
  ended_at timestamptz(3),
  checked_at timestamptz(3) not null default now(),
  check ((filter is null) <> (ids is null)),
  check ((ended_at is not null) = (status <> 'running'))
);
comment on column operation.filter is 'Which jobs, as the record understands it; none of them newer than the operation itself';
comment on column operation.total_capped is 'The jobs are not counted out yet: there are at least `total`';
comment on column operation.after_id is 'With `after_created_at`: the last job of the filter that was acted on; of ids, `done` is the place';
comment on column operation.run_id is 'Null until the start reached Temporal';
comment on column operation.checked_at is 'When the reconciler compared it with Temporal last';
create index operation_list on operation (organization_id, created_at desc, id desc);
create index operation_active on operation (checked_at) where ended_at is null;

create table operation_refusal (
  operation_id uuid not null references operation on delete cascade,
  position int not null,
  job_id text not null,
  reason text not null,
  primary key (operation_id, position)
);
comment on table operation_refusal is 'The first hundred jobs of an operation that the action was not allowed for';

-- Jobs on their way in from another installation. Unlogged: after a crash the import is simply sent again.

create unlogged table job_import (
  import_id uuid not null,
  line int not null,
  id uuid not null,
  created_at timestamptz(3) not null,
  connection_id uuid not null,
  asset_ids uuid[] not null,
  retry_of uuid,
  resolved_by uuid,
  older_ids uuid[] not null,
  job jsonb not null,
  outcome text check (outcome in ('known', 'refused', 'imported')),
  message text,
  received_at timestamptz(3) not null default now(),
  primary key (import_id, id)
);
comment on column job_import.older_ids is 'The jobs it names that must be here before it: first attempt, attempt before, parent, who did its steps';
comment on column job_import.outcome is 'Null: to be imported';
create index job_import_order on job_import (import_id, created_at) where outcome is null;

-- Retention: what grows too old is found, and removed, without reading what is not.

create index job_age on job (created_at, id) where parent_job_id is null and retry_of is null;
create index job_resolved_by on job (resolved_by_job_id) where resolved_by_job_id is not null;
create index job_step_taken_over on job_step (taken_over_from) where taken_over_from is not null;
create index job_log_age on job_log (at);
create index asset_version_age on asset_version (detected_at);
create index operation_age on operation (ended_at) where ended_at is not null;

-- Tokens that people make.

alter table token
  add column created_by text,
  add column expires_at timestamptz(3);
create index token_list on token (organization_id, created_at desc, id desc);
