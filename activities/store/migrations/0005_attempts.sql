-- Up Migration

alter table job_step add column failures int not null default 0;
comment on column job_step.failures is
  'Attempts that ended by an error of their own; the others were lost with their worker, which costs the step none of its tries';

-- A retry that goes on from a failure asks what was stored since: of a day at most, however many jobs there are.
create index job_completed on job (connection_id, type, ended_at) where status = 'completed';
