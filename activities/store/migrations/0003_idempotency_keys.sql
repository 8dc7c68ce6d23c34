-- Up Migration

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
