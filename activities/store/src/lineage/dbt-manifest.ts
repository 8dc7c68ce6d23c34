import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'

/**
 * Stages the models of the connection's dbt manifest that are relations, with the SQL that dbt compiled. A model without (the project was
 * only parsed) is traced by what it depends on, through ephemeral models, which are no relations. Models of another database are
 * none of this connection.
 */
export async function stageDbtModels(db: Database, lease: StepLease, connectionId: string): Promise<void> {
  const insert = sql`
    with recursive nodes as materialized (
      select n.* from dbt_node n
      join asset d on d.connection_id = n.connection_id and d.kind = 'database' and d.removed_at is null
        and (n.database_name is null or lower(d.name) = lower(n.database_name))
      where n.connection_id = ${connectionId}::uuid
    ), inputs (model, input) as (
      select n.unique_id, dep from nodes n cross join lateral jsonb_array_elements_text(n.depends_on) dep
      where n.relation_name is not null and n.sql is null
      union
      select i.model, dep from inputs i join nodes n on n.unique_id = i.input and n.relation_name is null
      cross join lateral jsonb_array_elements_text(n.depends_on) dep
    ), told as (
      select i.model, jsonb_agg(jsonb_build_object(
        'from', '"' || replace(n.schema_name, '"', '""') || '"."' || replace(n.relation_name, '"', '""') || '"', 'to', '',
        'columns', '[]'::jsonb, 'indirect', '[]'::jsonb, 'told', false) order by n.unique_id) as flows
      from inputs i join nodes n on n.unique_id = i.input and n.relation_name is not null and n.schema_name is not null
      group by i.model
    )
    insert into collected_statement (job_id, key, origin, name, text, hash, target, result)
    select ${lease.jobId}::uuid, 'dbt:' || n.unique_id, 'dbt', n.unique_id, coalesce(n.sql, ''),
      sha256(convert_to(coalesce(n.sql, ''), 'UTF8')), jsonb_build_array(n.schema_name, n.relation_name),
      case when n.sql is null then jsonb_build_object('flows', t.flows, 'selfLoops', 0, 'failures', '[]'::jsonb, 'gaveUp', null) end
    from nodes n left join told t on t.model = n.unique_id
    where n.relation_name is not null and n.schema_name is not null and (n.sql is not null or t.flows is not null)
    on conflict (job_id, key) do update set text = excluded.text, hash = excluded.hash, target = excluded.target,
      result = excluded.result`
  await underLease(db, lease, (trx) => insert.execute(trx))
}
