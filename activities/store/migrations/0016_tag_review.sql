-- Up Migration

-- Tags that flow, what people say of them, what a run changed, and an organization's own rules.

alter table column_tag add column inherited boolean not null default false;
comment on column column_tag.inherited is 'Nothing speaks for it but the column that its values come from';

alter table asset add column tagged_at timestamptz(3);
comment on column asset.tagged_at is 'When its columns were classified last';

create table rejected_tag (
  asset_id uuid not null references asset,
  column_name text not null,
  tag text not null,
  rejected_by text not null,
  rejected_at timestamptz(3) not null default now(),
  primary key (asset_id, column_name, tag)
);
comment on table rejected_tag is 'Tags that a person took off a column: no run puts them on again';

create table tag_change (
  id bigint generated always as identity primary key,
  asset_id uuid not null references asset,
  column_name text not null,
  tag text not null,
  category text not null check (category in ('pii', 'sensitivity', 'domain')),
  kind text not null check (kind in ('added', 'removed')),
  job_id uuid not null,
  changed_at timestamptz(3) not null default now()
);
comment on table tag_change is 'What runs did to tags; what people did is in the audit';
create index tag_change_asset on tag_change (asset_id, id desc);
create index tag_change_age on tag_change using brin (changed_at);

create table tag_rule (
  id uuid primary key,
  organization_id uuid not null references organization,
  name text not null,
  tag text not null,
  category text not null check (category in ('pii', 'sensitivity', 'domain')),
  matcher jsonb not null,
  enabled boolean not null default true,
  created_by text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3)
);
comment on column tag_rule.matcher is 'A pattern of names, a pattern of values, or a dictionary, by its kind';
create unique index tag_rule_name on tag_rule (organization_id, name) where deleted_at is null;
create index tag_rule_change on tag_rule (organization_id, updated_at);
