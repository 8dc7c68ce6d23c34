-- Up Migration

-- A history that says when statements ran is read from where the last reading ended.

alter table connection
  add column history_source text,
  add column history_read_to timestamptz(3),
  add check ((history_source is null) = (history_read_to is null));
comment on column connection.history_source is 'Which place of its history was read last, by a name of its kind; null: none, or one that does not know when statements ran';
comment on column connection.history_read_to is 'Statements in that place that ended before are counted';

create table collected_history (
  job_id uuid primary key,
  source text not null,
  read_to timestamptz(3) not null
);
comment on table collected_history is 'How far a job has read the history of its connection, until it has stored what it found';

-- The query of a view that its source keeps as text is traced like a statement that fills the view.

alter table collected_statement
  drop constraint collected_statement_origin_check,
  add constraint collected_statement_origin_check check (origin in ('view', 'query', 'function', 'dbt'));
comment on column collected_statement.target is 'Where its rows go, whatever it names: [schema, name]; null: to what it names';

create or replace function discard_staging(of_job uuid) returns void language sql as $$
  delete from discovered_schema where job_id = of_job;
  delete from discovered_relation where job_id = of_job;
  delete from discovered_change where job_id = of_job;
  delete from discovered_match where job_id = of_job;
  delete from selected_table where job_id = of_job;
  delete from collected_query where job_id = of_job;
  delete from collected_statement where job_id = of_job;
  delete from collected_history where job_id = of_job;
  delete from traced_edge where job_id = of_job;
$$;

-- What a job may spend in its source is a sum over all its sessions, attempts that were lost among them.

alter table job_step
  add column spent_statements int not null default 0,
  add column spent_ms bigint not null default 0;
comment on column job_step.spent_ms is 'Of statements that ran in the source, whether or not side by side';

-- What holds or leads data besides tables.

alter table asset
  drop constraint asset_kind_check,
  add constraint asset_kind_check
    check (kind in ('database', 'schema', 'table', 'view', 'materialized_view', 'external_table', 'stream', 'stage'));
