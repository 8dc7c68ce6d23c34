-- Up Migration

-- What lineage was read from besides views and keys: each text once, however many edges come of it.

create table lineage_statement (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organization,
  connection_id uuid not null references connection,
  origin text not null check (origin in ('query', 'function', 'dbt', 'openlineage')),
  name text not null,
  text text not null,
  hash bytea not null,
  calls bigint,
  last_run text,
  first_seen_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  unique (connection_id, origin, name, hash)
);
comment on column lineage_statement.name is 'Of the function, the dbt model or the OpenLineage job; empty of a query';
comment on column lineage_statement.text is 'Of a query: normalised by the source, without literals; empty where only what it reads and writes is known';
comment on column lineage_statement.hash is 'SHA-256 of the text';
comment on column lineage_statement.calls is 'As the source counted them when it was read last; they start again when its statistics are reset';
comment on column lineage_statement.last_run is 'The OpenLineage run that told of it last: the events of one run are counted once';

-- One row a pair of assets, kind of evidence and statement: several statements may fill one table from the same other.

alter table lineage_edge
  drop constraint lineage_edge_pkey,
  drop constraint lineage_edge_evidence_check,
  add constraint lineage_edge_evidence_check
    check (evidence in ('view', 'query', 'function', 'dbt', 'openlineage', 'foreign_key')),
  alter column job_id drop not null,
  add column statement_id bigint references lineage_statement,
  add column indirect jsonb not null default '[]',
  add column certainty text not null default 'resolved' check (certainty in ('resolved', 'inferred', 'ambiguous')),
  add column confidence real not null default 1 check (confidence between 0 and 1),
  add column seen_count bigint not null default 1 check (seen_count >= 0),
  add column fades_at timestamptz(3);
create unique index lineage_edge_key on lineage_edge (to_asset_id, from_asset_id, evidence, statement_id) nulls not distinct;
create index lineage_edge_statement on lineage_edge (statement_id) where statement_id is not null;
comment on column lineage_edge.columns is 'Value flow: [{from, to, certainty?}] by column name; without a certainty it is resolved';
comment on column lineage_edge.indirect is 'Columns of the source that decide which rows come and no value (filter, join, group): [name]';
comment on column lineage_edge.certainty is 'Of the surest thing known of it: resolved, inferred (the only one it can be), ambiguous (one of several)';
comment on column lineage_edge.seen_count is 'Calls of the statement; of other evidence how many jobs, or runs, saw it';
comment on column lineage_edge.fades_at is 'Not seen again until then, it counts as faded; null: never, it is removed when it is gone';
comment on column lineage_edge.sql is 'The definition of a key; a view has its own, other evidence its statement';
comment on column lineage_edge.job_id is 'That saw it last; null: an event told of it';

-- What a text means, resolved once: while the tables that it names have the same columns, it is not parsed again.

create table statement_lineage (
  organization_id uuid not null references organization,
  dialect text not null,
  hash bytea not null,
  resolver int not null,
  catalog bytea not null,
  names jsonb not null,
  result jsonb not null,
  used_at timestamptz(3) not null default now(),
  primary key (organization_id, dialect, hash, resolver, catalog)
);
comment on column statement_lineage.hash is 'SHA-256 of what was parsed';
comment on column statement_lineage.resolver is 'Version of the resolver: another one may find something else';
comment on column statement_lineage.names is 'Every name of a table in it, as written';
comment on column statement_lineage.catalog is 'SHA-256 of what the catalog had under these names: columns, or nothing';
create index statement_lineage_used on statement_lineage (used_at);

-- What dbt says of its models; a connection has one manifest, replaced as a whole.

create table dbt_manifest (
  connection_id uuid primary key references connection,
  organization_id uuid not null references organization,
  project text not null,
  dbt_version text not null,
  generated_at timestamptz(3),
  nodes int not null,
  bytes bigint not null,
  uploaded_by text not null,
  uploaded_at timestamptz(3) not null default now()
);

create table dbt_node (
  connection_id uuid not null references dbt_manifest on delete cascade,
  unique_id text not null,
  database_name text,
  schema_name text,
  relation_name text,
  sql text,
  depends_on jsonb not null,
  primary key (connection_id, unique_id)
);
comment on column dbt_node.relation_name is 'Null of an ephemeral model: its SQL is part of those that use it';
comment on column dbt_node.sql is 'As it was compiled; null of sources and seeds, and where dbt only parsed the project';
comment on column dbt_node.depends_on is 'Unique ids of the nodes it reads';

-- Statements on their way from the source to edges.

create table collected_statement (
  job_id uuid not null,
  key text not null,
  origin text not null check (origin in ('query', 'function', 'dbt')),
  name text not null,
  text text not null,
  hash bytea not null,
  calls bigint,
  target jsonb,
  search_path jsonb,
  result jsonb,
  primary key (job_id, key)
);
comment on column collected_statement.target is 'Of a query whose rows go to a table that it does not name: [schema, name]';
comment on column collected_statement.search_path is 'Schemas that it was written for; null: those of everybody';
comment on column collected_statement.result is 'What it means; null until it is parsed';

alter table traced_edge
  drop constraint traced_edge_pkey,
  add column statement_key text not null default '',
  add column indirect jsonb not null default '[]',
  add column certainty text not null default 'resolved',
  add column confidence real not null default 1,
  add primary key (job_id, to_external_id, from_external_id, evidence, statement_key);
comment on column traced_edge.statement_key is 'Of its collected statement; empty of views and keys';

create or replace function discard_staging(of_job uuid) returns void language sql as $$
  delete from discovered_schema where job_id = of_job;
  delete from discovered_relation where job_id = of_job;
  delete from discovered_change where job_id = of_job;
  delete from discovered_match where job_id = of_job;
  delete from selected_table where job_id = of_job;
  delete from collected_query where job_id = of_job;
  delete from collected_statement where job_id = of_job;
  delete from traced_edge where job_id = of_job;
$$;
