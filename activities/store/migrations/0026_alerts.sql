-- Up Migration

create table alert_channel (
  id uuid primary key,
  organization_id uuid not null references organization,
  name text not null,
  kind text not null check (kind in ('webhook', 'slack', 'email')),
  address text not null,
  sealed bytea not null,
  enabled boolean not null default true,
  max_per_hour int not null default 30 check (max_per_hour > 0),
  quiet_hours jsonb,
  created_by text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3)
);
comment on column alert_channel.address is 'What people are shown: of a URL, which may be a secret, its host only';
comment on column alert_channel.sealed is 'AES-256-GCM: URL and signing secret, or the recipients';
create unique index alert_channel_name on alert_channel (organization_id, name) where deleted_at is null;

create table alert_rule (
  id uuid primary key,
  organization_id uuid not null references organization,
  name text not null,
  kind text not null check (kind in ('failure', 'regression', 'long_running', 'late_schedule', 'breaking_change',
    'stale_table', 'metric_anomaly', 'new_pii')),
  scope jsonb not null,
  channel_ids uuid[],
  enabled boolean not null default true,
  created_by text not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3)
);
comment on column alert_rule.channel_ids is 'Null: every channel of the organization, also those to come';
create unique index alert_rule_name on alert_rule (organization_id, name) where deleted_at is null;

create table incident (
  id uuid primary key,
  organization_id uuid not null references organization,
  fingerprint text not null,
  kind text not null,
  title text not null,
  message text not null,
  error_code text,
  connection_id uuid references connection,
  asset_id uuid references asset,
  job_type text,
  limit_ms double precision,
  opened_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  occurrences int not null check (occurrences > 0),
  escalated_at timestamptz(3),
  acknowledged_at timestamptz(3),
  acknowledged_by text,
  muted_until timestamptz(3),
  muted_by text,
  resolved_at timestamptz(3),
  resolved_by text
);
comment on table incident is 'Occurrences of one cause, from the first until it is over; what happens after that is another incident';
comment on column incident.asset_id is 'With connection_id and job_type: what it is about; null where it is about all of them';
comment on column incident.limit_ms is 'Of a regression: a run that is no longer than this shows that it is over';
comment on column incident.resolved_by is 'Null while it is open, and where it was found to be over';
create unique index incident_open on incident (organization_id, fingerprint) where resolved_at is null;
create index incident_list on incident (organization_id, (resolved_at is not null), last_at desc, id);

create table incident_occurrence (
  organization_id uuid not null references organization,
  key text not null,
  incident_id uuid not null references incident on delete cascade,
  job_id uuid,
  asset_id uuid not null,
  at timestamptz(3) not null,
  message text not null,
  primary key (organization_id, key)
);
comment on column incident_occurrence.key is 'What happened: it makes an occurrence once, however often it is come across';
create index incident_occurrence_newest on incident_occurrence (incident_id, at desc, key);
create index incident_occurrence_job on incident_occurrence (job_id) where job_id is not null;

create table alert_delivery (
  id uuid primary key,
  organization_id uuid not null references organization,
  channel_id uuid not null references alert_channel,
  event text not null check (event in ('opened', 'escalated', 'recovered', 'digest', 'test')),
  incident_id uuid references incident on delete cascade,
  replay_of uuid references alert_delivery on delete cascade,
  digest_id uuid references alert_delivery on delete cascade,
  state text not null check (state in ('held', 'pending', 'delivered', 'failed', 'skipped', 'digested')),
  reason text,
  tries int not null default 0,
  trying boolean not null default false,
  log jsonb not null default '[]',
  run_id text,
  created_at timestamptz(3) not null default now(),
  ended_at timestamptz(3),
  checked_at timestamptz(3) not null default now(),
  check ((incident_id is null) = (event in ('digest', 'test')))
);
comment on column alert_delivery.trying is 'A try began of which it is not known whether it arrived';
comment on column alert_delivery.log is 'The newest tries: when, how long, what was answered';
comment on column alert_delivery.run_id is 'Null until the start reached Temporal';
create unique index alert_delivery_once on alert_delivery (incident_id, channel_id, event) where replay_of is null;
create index alert_delivery_list on alert_delivery (organization_id, created_at desc, id desc);
create index alert_delivery_channel on alert_delivery (channel_id, created_at desc, id desc);
create index alert_delivery_incident on alert_delivery (incident_id) where incident_id is not null;
create index alert_delivery_digest on alert_delivery (digest_id) where digest_id is not null;
create index alert_delivery_open on alert_delivery (checked_at) where state in ('held', 'pending');

create table alert_cursor (
  single boolean primary key default true check (single),
  after bigint not null
);
comment on table alert_cursor is 'Up to which event jobs have been looked at for alerts';
-- What happened before there were alerts is no news.
insert into alert_cursor (after) select coalesce(max(id), 0) from job_event;

-- Every organization begins with one rule of each kind.

create function add_alert_rules(organization uuid) returns void language sql as $$
  insert into alert_rule (id, organization_id, name, kind, scope, created_by)
  select gen_random_uuid(), organization, d.name, d.kind, '{}', 'Plumbline' from (values
    ('Failed jobs', 'failure'), ('Jobs that became slow', 'regression'), ('Jobs that run too long', 'long_running'),
    ('Late or skipped schedules', 'late_schedule'), ('Breaking schema changes', 'breaking_change'),
    ('Stale tables', 'stale_table'), ('Metric anomalies', 'metric_anomaly'), ('New personal data', 'new_pii')
  ) d (name, kind)
$$;
create function follow_new_organization() returns trigger language plpgsql as $$
begin
  perform add_alert_rules(new.id);
  return null;
end $$;
create trigger organization_alert_rules after insert on organization for each row execute function follow_new_organization();
select add_alert_rules(id) from organization;
