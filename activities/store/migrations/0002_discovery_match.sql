-- Up Migration

alter table discovered_relation add column comment text;
alter table discovered_relation add column columns int not null default 0;

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

alter table selected_table add column fingerprint text;
comment on column selected_table.fingerprint is 'The fingerprint the asset had when it was selected';

alter table traced_edge add column sql text;
