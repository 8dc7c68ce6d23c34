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
