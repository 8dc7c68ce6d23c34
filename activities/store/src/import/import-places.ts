import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'

/**
 * Makes the connections and assets that imported jobs name and that are not here: deleted and removed, so that nothing can be
 * started on them, but links, filters and names work. Each gets the name that its newest job knew.
 */
export async function makePlaces(trx: Trx, organizationId: string, importId: string): Promise<void> {
  const staged = sql`from job_import i where i.import_id = ${importId}::uuid and i.outcome is null`
  await sql`
    insert into connection (id, organization_id, name, kind, settings, max_concurrent_jobs, deleted_at)
    select distinct on (connection_id) connection_id, ${organizationId}::uuid, job -> 'connection' ->> 'name',
      job -> 'connection' ->> 'kind', '{}', 1, now()
    ${staged} order by connection_id, created_at desc
    on conflict do nothing`.execute(trx)
  for (const kind of ['database', 'schema'] as const) {
    await sql`
      insert into asset (id, organization_id, connection_id, parent_id, database_id, kind, name, qualified_name, external_id,
        removed_at)
      select distinct on (place.id) place.id, ${organizationId}::uuid, i.connection_id,
        case when ${kind} = 'schema' then place.database_id end, place.database_id, ${kind}, place.name,
        case when ${kind} = 'schema' then place.database || '.' || place.name else place.name end, 'imported:' || place.id, now()
      from job_import i cross join lateral (
        select (i.job -> ${kind} ->> 'id')::uuid, i.job -> ${kind} ->> 'name', (i.job -> 'database' ->> 'id')::uuid,
          i.job -> 'database' ->> 'name'
      ) place(id, name, database_id, database)
      where i.import_id = ${importId}::uuid and i.outcome is null and place.id is not null
      order by place.id, i.created_at desc
      on conflict do nothing`.execute(trx)
  }
  await sql`
    insert into asset (id, organization_id, connection_id, parent_id, database_id, schema_id, kind, name, qualified_name,
      external_id, removed_at)
    select distinct on (place.id) place.id, ${organizationId}::uuid, i.connection_id,
      coalesce(place.schema_id, place.database_id), place.database_id, place.schema_id, place.kind, place.name,
      place.qualified_name, 'imported:' || place.id, now()
    from job_import i cross join lateral (
      select (i.job -> 'asset' ->> 'id')::uuid, (i.job -> 'database' ->> 'id')::uuid, (i.job -> 'schema' ->> 'id')::uuid,
        i.job -> 'asset' ->> 'kind', i.job -> 'asset' ->> 'name', i.job -> 'asset' ->> 'qualifiedName'
    ) place(id, database_id, schema_id, kind, name, qualified_name)
    where i.import_id = ${importId}::uuid and i.outcome is null and place.kind not in ('database', 'schema')
    order by place.id, i.created_at desc
    on conflict do nothing`.execute(trx)
}
