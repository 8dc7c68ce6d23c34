-- Up Migration

-- What the source itself says of a relation: while it is the same, nothing of it is read, staged or stored again.

alter table asset
  add column source_fingerprint text,
  add column unreadable_since timestamptz(3),
  add column folded boolean not null default false;
comment on column asset.source_fingerprint is 'Of the catalog rows that the document was made of; null until it was read by a version that takes it';
comment on column asset.unreadable_since is 'The role lacks the right to read its rows; that is no removal';
comment on column asset.folded is 'A partition that discovery was told to leave to its table: removed_at is set, but nothing was removed';

alter table discovered_relation
  alter column document drop not null,
  add column source_fingerprint text,
  add column readable boolean not null default true,
  add column known_asset_id uuid;
comment on column discovered_relation.document is 'Null: unchanged, known_asset_id has it';

alter table discovered_match drop constraint discovered_match_state_check,
  add constraint discovered_match_state_check check (state in ('new', 'restored', 'changed', 'same', 'removed', 'folded'));
drop index discovered_match_found;
create unique index discovered_match_found on discovered_match (job_id, external_id) where state not in ('removed', 'folded');

-- Why a change breaks or not, and what lies downstream of one that does.

alter table discovered_change add column reason text;
alter table schema_change
  add column reason text,
  add column downstream jsonb,
  add column downstream_total int;
comment on column schema_change.downstream is 'Of a breaking change: [{assetId, columns}], what its asset flowed into when it was found, at most fifty; null: not looked for';
create index schema_change_breaking on schema_change (database_id, id desc) where breaking;

-- Any two snapshots can be compared: each knows what it looked at, and a version knows where its asset was.

alter table snapshot
  add column scope jsonb not null default '{"schemas": null, "include": null, "exclude": [], "partitions": "shown"}',
  add column baseline_at timestamptz(3),
  add column baseline_by text;
update snapshot s set scope = jsonb_set(s.scope, '{schemas}', j.config -> 'schemas')
from job j where j.id = s.job_id and j.config ? 'schemas';
alter table snapshot alter column scope drop default;
comment on column snapshot.scope is 'CatalogScope: what was looked at; what lies outside of it can neither be new nor gone';
comment on column snapshot.baseline_at is 'When a person accepted it as what later ones are compared with; of one snapshot a connection';
create unique index snapshot_baseline on snapshot (connection_id) where baseline_at is not null;

alter table asset_version
  add column kind text,
  add column schema_name text,
  add column external_id text;
update asset_version v set kind = a.kind, schema_name = s.name, external_id = a.external_id
from asset a left join asset s on s.id = a.schema_id where a.id = v.asset_id;
create index asset_version_history on asset_version (asset_id, detected_at desc);
