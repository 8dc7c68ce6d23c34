-- Up Migration

create table organization (
  id uuid primary key,
  name text not null,
  created_at timestamptz(3) not null default now()
);

create table token (
  id uuid primary key,
  organization_id uuid not null references organization,
  name text not null,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  hash bytea not null unique,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3)
);
comment on column token.hash is 'SHA-256 of the token; the token itself is kept nowhere';

create table connection (
  id uuid primary key,
  organization_id uuid not null references organization,
  name text not null,
  kind text not null,
  settings jsonb not null,
  sealed_credentials bytea,
  max_concurrent_jobs int not null check (max_concurrent_jobs > 0),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3)
);
comment on column connection.sealed_credentials is 'AES-256-GCM; null once the connection is deleted';
create unique index connection_name on connection (organization_id, name) where deleted_at is null;

create table asset (
  id uuid primary key,
  organization_id uuid not null references organization,
  connection_id uuid not null references connection,
  parent_id uuid references asset,
  database_id uuid not null references asset,
  schema_id uuid references asset,
  kind text not null check (kind in ('database', 'schema', 'table', 'view', 'materialized_view', 'external_table')),
  name text not null,
  qualified_name text not null,
  external_id text not null,
  document jsonb,
  fingerprint text,
  comment text,
  tagged_fingerprint text,
  traced_fingerprint text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  removed_at timestamptz(3)
);
comment on column asset.external_id is 'The identity the source gives it; survives a rename';
comment on column asset.document is 'RelationDocument of a relation; null for databases and schemas';
comment on column asset.tagged_fingerprint is 'The fingerprint its tags were made from; another value means they are out of date';
create unique index asset_identity on asset (connection_id, external_id) where removed_at is null;
create index asset_name on asset (connection_id, qualified_name);
create index asset_parent on asset (parent_id, qualified_name, id);
create index asset_list on asset (organization_id, qualified_name, id);
create index asset_schema on asset (schema_id);
create index asset_database on asset (database_id);

create table asset_version (
  asset_id uuid not null references asset,
  job_id uuid not null,
  name text not null,
  fingerprint text,
  document jsonb,
  detected_at timestamptz(3) not null default now(),
  primary key (asset_id, job_id)
);
comment on table asset_version is 'The structure of an asset as each discovery that saw it change found it; fingerprint null: it was gone';

create table snapshot (
  job_id uuid primary key,
  organization_id uuid not null references organization,
  connection_id uuid not null references connection,
  taken_at timestamptz(3) not null default now(),
  scopes jsonb not null,
  counts jsonb not null
);
create index snapshot_connection on snapshot (connection_id, taken_at desc);
comment on column snapshot.scopes is 'The schemas that were read: [{name, complete}]';

create table schema_change (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organization,
  asset_id uuid not null references asset,
  schema_id uuid,
  database_id uuid not null,
  job_id uuid not null,
  kind text not null,
  column_name text,
  before text,
  after text,
  breaking boolean not null,
  detected_at timestamptz(3) not null default now()
);
create index schema_change_asset on schema_change (asset_id, id desc);
create index schema_change_schema on schema_change (schema_id, id desc);
create index schema_change_database on schema_change (database_id, id desc);
create index schema_change_job on schema_change (job_id, id desc);

create table column_tag (
  asset_id uuid not null references asset,
  column_name text not null,
  tag text not null,
  category text not null check (category in ('pii', 'sensitivity', 'domain')),
  confidence real not null,
  evidence jsonb not null,
  source text not null check (source in ('auto', 'manual')),
  job_id uuid,
  updated_at timestamptz(3) not null default now(),
  primary key (asset_id, column_name, tag)
);
create index column_tag_tag on column_tag (tag, asset_id);

create table column_decision (
  asset_id uuid not null references asset,
  column_name text not null,
  decided_by text not null,
  decided_at timestamptz(3) not null default now(),
  primary key (asset_id, column_name)
);
comment on table column_decision is 'Columns whose tags a person set: no run changes them, also when the person left none';

create table lineage_edge (
  from_asset_id uuid not null references asset,
  to_asset_id uuid not null references asset,
  evidence text not null check (evidence in ('view', 'query', 'foreign_key')),
  organization_id uuid not null references organization,
  sql text,
  columns jsonb not null,
  job_id uuid not null,
  first_seen_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  primary key (to_asset_id, from_asset_id, evidence)
);
comment on column lineage_edge.columns is 'Value flow: [{from, to}] by column name';
create index lineage_edge_from on lineage_edge (from_asset_id);

-- What a job keeps between its steps; removed when the job ends.

create table discovered_schema (
  job_id uuid not null,
  external_id text not null,
  name text not null,
  comment text,
  complete boolean not null,
  primary key (job_id, external_id)
);

create table discovered_relation (
  job_id uuid not null,
  external_id text not null,
  schema_name text not null,
  name text not null,
  kind text not null,
  fingerprint text not null,
  document jsonb not null,
  comment text,
  columns int not null default 0,
  primary key (job_id, external_id)
);

create table discovered_match (
  job_id uuid not null,
  asset_id uuid not null,
  external_id text not null,
  parent_id uuid,
  qualified_name text,
  state text not null check (state in ('new', 'restored', 'changed', 'same', 'removed')),
  primary key (job_id, asset_id)
);
comment on table discovered_match is 'Which asset each discovered object is; decided by the comparison, followed by the store';
create unique index discovered_match_found on discovered_match (job_id, external_id) where state <> 'removed';

create table discovered_change (
  job_id uuid not null,
  position int not null,
  external_id text not null,
  asset_id uuid not null,
  kind text not null,
  column_name text,
  before text,
  after text,
  breaking boolean not null,
  primary key (job_id, position)
);
comment on column discovered_change.asset_id is 'Of a new object: the id it is about to get';

create table selected_table (
  job_id uuid not null,
  asset_id uuid not null,
  evidence jsonb,
  tags jsonb,
  fingerprint text,
  primary key (job_id, asset_id)
);
comment on column selected_table.fingerprint is 'The fingerprint the asset had when it was selected';
comment on column selected_table.evidence is 'Per column how many sampled values passed which validator; never a value';

create table collected_query (
  job_id uuid not null,
  external_id text not null,
  kind text not null,
  text text not null,
  primary key (job_id, external_id, kind)
);

create table traced_edge (
  job_id uuid not null,
  from_external_id text not null,
  to_external_id text not null,
  evidence text not null,
  columns jsonb not null,
  sql text,
  primary key (job_id, to_external_id, from_external_id, evidence)
);

-- Jobs.

create table job (
  id uuid primary key,
  organization_id uuid not null references organization,
  type text not null,
  status text not null default 'pending' check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
  connection_id uuid not null references connection,
  asset_id uuid not null references asset,
  schema_id uuid,
  database_id uuid not null,
  asset_kind text not null,
  asset_name text not null,
  asset_qualified_name text not null,
  database_name text not null,
  config jsonb not null,
  trigger_kind text not null,
  actor text not null,
  schedule_id text,
  parent_job_id uuid references job,
  root_job_id uuid not null references job,
  retry_of uuid references job,
  attempt int not null default 1,
  newest_attempt boolean not null default true,
  resolved_by_job_id uuid references job,
  created_at timestamptz(3) not null default now(),
  queued_at timestamptz(3),
  started_at timestamptz(3),
  ended_at timestamptz(3),
  duration_ms bigint generated always as ((extract(epoch from (ended_at - started_at)) * 1000)::bigint) stored,
  percent real not null default 0,
  step text,
  message text not null default '',
  counts jsonb not null default '{}',
  warnings int not null default 0,
  error jsonb,
  cancel_requested_at timestamptz(3),
  cancel_requested_by text,
  cancel_reason text,
  cancel_sent_at timestamptz(3),
  paused boolean not null default false,
  run_id text,
  unreachable boolean not null default false,
  checked_at timestamptz(3) not null default now(),
  search text not null generated always as (
    lower(id::text || ' ' || asset_qualified_name || ' ' || message || ' ' || coalesce(error ->> 'message', ''))
  ) stored,
  check ((ended_at is not null) = (status in ('completed', 'failed', 'cancelled'))),
  check (status <> 'running' or started_at is not null),
  check ((percent = 100) = (status = 'completed'))
);
comment on column job.queued_at is 'When its workflow first asked for a slot';
comment on column job.run_id is 'Null until the start reached Temporal';
comment on column job.unreachable is 'The last try to start it did not reach Temporal';
comment on column job.checked_at is 'When the reconciler compared it with Temporal last';
create unique index job_one_active on job (asset_id, type) where ended_at is null;
create unique index job_one_retry on job (retry_of);
create index job_list on job (organization_id, created_at desc, id desc);
create index job_by_duration on job (organization_id, coalesce(duration_ms, -1) desc, id desc);
create index job_by_status on job (organization_id, status, created_at desc, id desc);
create index job_by_connection on job (connection_id, created_at desc, id desc);
create index job_by_database on job (database_id, created_at desc, id desc);
create index job_by_schema on job (schema_id, created_at desc, id desc);
create index job_by_asset on job (asset_id, created_at desc, id desc);
create index job_chain on job (root_job_id, attempt);
create index job_children on job (parent_job_id) where parent_job_id is not null;
create index job_active on job (connection_id, created_at, id) where ended_at is null;
create extension if not exists pg_trgm;
create index job_search on job using gin (search gin_trgm_ops);

create table job_step (
  job_id uuid not null references job,
  name text not null,
  position int not null,
  label text not null,
  weight real not null,
  unit text,
  status text not null default 'pending' check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
  started_at timestamptz(3),
  ended_at timestamptz(3),
  done bigint,
  total bigint,
  attempts int not null default 0,
  message text,
  last_error text,
  primary key (job_id, name)
);

create table job_warning (
  job_id uuid not null references job,
  code text not null,
  object text not null,
  message text not null,
  primary key (job_id, code, object)
);

create table job_event (
  id bigint generated always as identity primary key,
  organization_id uuid not null,
  job_id uuid not null,
  at timestamptz(3) not null default now()
);
comment on table job_event is 'The outbox: one row a change of a job, in the order readers resume by';

create table audit (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organization,
  at timestamptz(3) not null default now(),
  actor text not null,
  action text not null,
  target_kind text not null,
  target_id uuid not null,
  before jsonb,
  after jsonb,
  reason text,
  request_id text not null
);
create index audit_list on audit (organization_id, id desc);
create index audit_target on audit (target_id, id desc);

create table idempotency_key (
  organization_id uuid not null references organization,
  key text not null,
  request_hash bytea not null,
  status int,
  body text,
  created_at timestamptz(3) not null default now(),
  primary key (organization_id, key)
);
comment on column idempotency_key.status is 'Null while the first request is being answered';
create index idempotency_key_age on idempotency_key (created_at);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append only';
end $$;
create trigger audit_append_only before update or delete on audit for each row execute function audit_is_append_only();
