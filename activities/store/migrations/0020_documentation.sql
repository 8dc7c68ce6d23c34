-- Up Migration

-- What is said of assets and their columns: every version of every text, by whom, and what speaks for each sentence.

create table documentation (
  asset_id uuid not null references asset,
  column_name text,
  version int not null,
  text text not null,
  sentences jsonb not null default '[]',
  source text not null check (source in ('ai', 'rules', 'manual')),
  model text,
  prompt_version text,
  fingerprint text,
  confidence real,
  state text not null check (state in ('proposed', 'accepted', 'rejected', 'edited')),
  job_id uuid,
  written_by text,
  written_at timestamptz(3) not null default now(),
  decided_by text,
  decided_at timestamptz(3),
  replaced_at timestamptz(3),
  check ((source = 'manual') = (state = 'edited')),
  check ((source = 'manual') = (written_by is not null)),
  check ((source = 'ai') = (model is not null))
);
comment on column documentation.column_name is 'Null: the asset itself';
comment on column documentation.version is 'Counts the texts of an asset, or of a column, from 1';
comment on column documentation.sentences is '[{part, text, evidence: [{kind, text}], confidence}]; the text is made of them. Empty of a person''s';
comment on column documentation.fingerprint is 'Of the schema and evidence it was written from; null of a person''s';
comment on column documentation.replaced_at is 'When another version took its place; null of those that count';
create unique index documentation_version on documentation (asset_id, column_name, version) nulls not distinct;
-- What a person stands behind is shown; beside it one text of a run may wait, or stay rejected.
create unique index documentation_kept on documentation (asset_id, column_name) nulls not distinct
  where replaced_at is null and state in ('accepted', 'edited');
create unique index documentation_open on documentation (asset_id, column_name) nulls not distinct
  where replaced_at is null and state in ('proposed', 'rejected');
create index documentation_replaced on documentation (replaced_at) where replaced_at is not null;

alter table asset
  add column documented_fingerprint text,
  add column documented_by text check (documented_by in ('ai', 'rules'));
comment on column asset.documented_fingerprint is 'Of the schema and evidence that a run wrote its documentation from last; another value means it is out of date';

alter table selected_table
  add column profile jsonb,
  add column documentation jsonb;
comment on column selected_table.profile is 'By column what a sample showed: shares, forms, and values only where they are few and nobody''s own';
comment on column selected_table.documentation is 'What the job wrote of the table and its columns';

-- The ledger of questions to models: what was answered is paid, and is never asked again.

create table model_answer (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organization,
  asset_id uuid not null references asset,
  fingerprint text not null,
  prompt_version text not null,
  model text not null,
  round int not null check (round in (1, 2)),
  job_id uuid not null,
  asked int not null default 1,
  asked_at timestamptz(3) not null default now(),
  claimed_until timestamptz(3) not null,
  answered_at timestamptz(3),
  answer text,
  finish_reason text,
  input_tokens int,
  output_tokens int,
  cost_micros bigint,
  unusable text,
  abandoned_at timestamptz(3),
  check ((answered_at is null) = (answer is null))
);
comment on column model_answer.round is '1: the question; 2: its repair, after an answer that did not fit the schema';
comment on column model_answer.asked is 'How often it was sent: an answer that was lost on its way may have been paid for, too';
comment on column model_answer.claimed_until is 'Until then the job that asked waits for the answer, and nobody else asks';
comment on column model_answer.cost_micros is 'Millionths of a US dollar';
comment on column model_answer.unusable is 'Why nothing could be made of the answer';
comment on column model_answer.abandoned_at is 'When a later job asked anew because it was unusable';
create unique index model_answer_question on model_answer (organization_id, asset_id, fingerprint, prompt_version, model, round)
  where abandoned_at is null;
create index model_answer_job on model_answer (job_id);
