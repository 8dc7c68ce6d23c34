-- Up Migration

alter table metric_definition add column last_outcome jsonb;
comment on column metric_definition.last_outcome is
  'What the last measuring of it came to, when, and by which revision; null: it was never measured';

alter table metric_series add column ended_at timestamptz(3);
comment on column metric_series.ended_at is
  'When the column that it measured was found to be gone; another column of that name begins another series';
alter table metric_series drop constraint metric_series_asset_id_key_key;
create unique index metric_series_key on metric_series (asset_id, key) where ended_at is null;
