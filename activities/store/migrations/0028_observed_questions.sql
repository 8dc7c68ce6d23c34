-- Up Migration

-- Questions about what the jobs found, of a whole organization: which tables are stale, which metrics are unusual.

create index freshness_by_state on freshness (state);
create index metric_series_unusual on metric_series (organization_id, last_at desc) where last_anomaly is not null;
create index metric_point_unusual on metric_point (at desc) where anomaly is not null and known_bad_by is null;
