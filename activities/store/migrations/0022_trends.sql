-- Up Migration

create table job_regression (
  job_id uuid primary key references job on delete cascade,
  organization_id uuid not null,
  runs int not null check (runs > 0),
  p50_ms double precision not null,
  p95_ms double precision not null,
  limit_ms double precision not null,
  around jsonb not null,
  found_at timestamptz not null default now()
);
comment on table job_regression is
  'Jobs that took far longer than usual, the first of each run of slow ones, with what was usual then and what changed around them';
create index job_regression_of_organization on job_regression (organization_id, found_at desc);

create table trend_cursor (
  single boolean primary key default true check (single),
  after bigint not null
);
comment on table trend_cursor is 'Up to which event ended jobs have been compared with what is usual of them';
insert into trend_cursor (after) values (0);
