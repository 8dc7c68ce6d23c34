-- Up Migration

create table metric_definition (
  id uuid primary key,
  organization_id uuid not null references organization,
  asset_id uuid not null references asset,
  name text not null,
  kind text not null check (kind in ('sql', 'duplicates')),
  sql text,
  columns jsonb,
  direction text not null check (direction in ('both', 'up', 'down')),
  min_percent real not null check (min_percent >= 0),
  revision int not null default 1,
  created_by text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  check ((kind = 'sql') = (sql is not null)),
  check ((kind = 'duplicates') = (columns is not null))
);
comment on column metric_definition.revision is 'Counts up when what is measured changes: the values of before are another series';
comment on column metric_definition.min_percent is 'A deviation from what is expected below so many percent is no anomaly';
create unique index metric_definition_name on metric_definition (asset_id, name) where deleted_at is null;
create index metric_definition_list on metric_definition (organization_id, name, id) where deleted_at is null;

create table metric_series (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organization,
  asset_id uuid not null references asset,
  key text not null,
  metric text not null,
  column_name text,
  group_name text,
  definition_id uuid references metric_definition,
  revision int,
  last_at timestamptz(3) not null,
  last_anomaly text check (last_anomaly in ('high', 'low')),
  unique (asset_id, key)
);
comment on column metric_series.key is 'What is measured: metric and column, or definition, revision and group';

create table metric_point (
  series_id bigint not null references metric_series on delete cascade,
  at timestamptz(3) not null,
  job_id uuid not null,
  value double precision,
  no_data text,
  method text not null,
  expected double precision,
  expected_low double precision,
  expected_high double precision,
  anomaly text check (anomaly in ('high', 'low')),
  known_bad_by text,
  primary key (series_id, at),
  check ((value is null) = (no_data is not null))
);
comment on column metric_point.expected is 'As it was judged when it was measured; null: there was too little history';
comment on column metric_point.known_bad_by is 'Who said that the value is wrong: no later point is judged by it';
create index metric_point_age on metric_point using brin (at);

create table metric_trial (
  id uuid primary key,
  organization_id uuid not null references organization,
  asset_id uuid not null references asset,
  spec jsonb not null,
  result jsonb,
  created_at timestamptz(3) not null default now()
);
comment on table metric_trial is 'Definitions that are being tried; a row lives as long as somebody waits for it';

alter table selected_table add column metrics jsonb;
comment on column selected_table.metrics is 'What was measured of it, and once it was judged what was expected';
