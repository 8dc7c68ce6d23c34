-- Up Migration

create table run_event (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organization,
  job_id uuid not null references job on delete cascade,
  type text not null check (type in ('START', 'RUNNING', 'COMPLETE', 'FAIL', 'ABORT')),
  at timestamptz(3) not null,
  sent_at timestamptz(3),
  refused text,
  check (refused is null or sent_at is not null),
  unique (job_id, type)
);
comment on table run_event is 'What the receiver of OpenLineage events is told of jobs, in the order in which it is told';
comment on column run_event.refused is 'What the receiver answered when it would not take the event; it is not sent again';
create index run_event_unsent on run_event (id) where sent_at is null;

create table run_event_cursor (
  single boolean primary key default true check (single),
  after bigint not null
);
comment on table run_event_cursor is 'Up to which event jobs have been looked at for what is to be told of them; without a row nobody was ever told';
