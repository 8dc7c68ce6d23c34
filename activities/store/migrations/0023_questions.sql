-- Up Migration

create index asset_by_own_name on asset (organization_id, lower(name));

create table conversation (
  id uuid primary key,
  organization_id uuid not null references organization on delete cascade,
  actor text not null,
  question jsonb not null,
  asked_at timestamptz not null default now()
);
comment on table conversation is 'What was asked last in a conversation, as it was understood, so that the next question can refer to it';
create index conversation_age on conversation (asked_at);
