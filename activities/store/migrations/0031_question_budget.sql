-- Up Migration

create table question_budget (
  organization_id uuid primary key references organization on delete cascade,
  day date not null,
  tokens bigint not null
);
comment on table question_budget is 'Tokens of the language model that the questions of an organization used on its last day with such a question, by UTC';
