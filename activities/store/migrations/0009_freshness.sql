-- Up Migration

create table table_memory (
  connection_id uuid not null references connection,
  external_id text not null,
  memory jsonb not null,
  seen_at timestamptz(3) not null,
  primary key (connection_id, external_id)
);
comment on table table_memory is
  'What the last freshness check saw of each table and partition, for the next one to compare with';

create table freshness (
  asset_id uuid primary key references asset,
  state text not null check (state in ('fresh', 'learning', 'late', 'stale', 'unknown', 'error')),
  since timestamptz(3) not null,
  updated_at timestamptz(3),
  finding jsonb not null,
  verdict jsonb not null,
  checked_at timestamptz(3) not null,
  job_id uuid not null
);
comment on column freshness.since is 'When a check found it in this state first';
comment on column freshness.updated_at is 'The last update, as in the finding';

create table freshness_update (
  asset_id uuid not null references asset,
  at timestamptz(3) not null,
  after timestamptz(3),
  method text not null,
  confidence real not null,
  primary key (asset_id, at)
);
comment on table freshness_update is 'Updates that checks found: what rhythms are learned from. A span where `after` is given';
create index freshness_update_age on freshness_update (at);

create table freshness_state (
  asset_id uuid not null references asset,
  at timestamptz(3) not null,
  state text not null,
  primary key (asset_id, at)
);
comment on table freshness_state is 'When a table came into a state';
create index freshness_state_age on freshness_state (at);

create table freshness_expectation (
  asset_id uuid primary key references asset,
  expectation jsonb not null,
  decided_by text not null,
  decided_at timestamptz(3) not null default now()
);
comment on table freshness_expectation is
  'What a person expects of a table, or of all below a schema or database that have none of their own';

create table checked_table (
  job_id uuid not null,
  asset_id uuid not null,
  finding jsonb not null,
  memories jsonb not null,
  checked_at timestamptz(3) not null,
  verdict jsonb,
  primary key (job_id, asset_id),
  foreign key (job_id, asset_id) references selected_table on update cascade on delete cascade
);
comment on table checked_table is
  'Staging of a freshness check; handed over and discarded with the selection it belongs to';
comment on column checked_table.memories is 'By external id: of the table, or of its partitions';
