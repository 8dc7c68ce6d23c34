import type { MetricName } from '@plumbline/workflows'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database.ts'
import type { ColumnPair } from '../lineage/lineage-table.ts'

/** A relation, by what events say of it. */
export interface ToldRelation {
  id: string
  connectionId: string
  database: string
  schema: string | null
  name: string
  columns: { name: string; type: string; description: string | null }[]
}

/** An edge that a job found. */
export interface ToldEdge {
  from: ToldRelation
  to: ToldRelation
  columns: ColumnPair[]
  indirect: string[]
}

/** What a job measured of a relation. */
export interface ToldMetrics {
  relation: ToldRelation
  values: { metric: MetricName; column: string | null; value: number }[]
}

type Of = { jobId: string; connectionId: string }

/** An event names so many relations, or edges, at most: it must stay of a size that receivers take. */
export const toldAtMost = 1_000

/** Of an asset, its schema and its database, by the names of their tables in a statement. */
const relationOf = (asset: string, schema: string, database: string): RawBuilder<ToldRelation> => {
  const ref = (table: string, column: string) => sql.ref(`${table}.${column}`)
  return sql`jsonb_build_object('id', ${ref(asset, 'id')}, 'connectionId', ${ref(asset, 'connection_id')},
    'database', ${ref(database, 'name')}, 'schema', ${ref(schema, 'name')}, 'name', ${ref(asset, 'name')},
    'columns', coalesce((select jsonb_agg(jsonb_build_object('name', c ->> 'name', 'type', c ->> 'nativeType',
      'description', c ->> 'comment') order by place) from jsonb_array_elements(${ref(asset, 'document')} -> 'columns')
      with ordinality x (c, place)), '[]'))`
}

/** The relations that a discovery found new or changed. */
export async function discoveredRelations(db: Database, { jobId, connectionId }: Of): Promise<ToldRelation[]> {
  const { rows } = await sql<{ relation: ToldRelation }>`
    select ${relationOf('a', 's', 'd')} as relation
    from asset a
    join asset_version v on v.asset_id = a.id and v.job_id = ${jobId}::uuid
    join asset d on d.id = a.database_id
    left join asset s on s.id = a.schema_id
    where a.connection_id = ${connectionId}::uuid and a.document is not null and a.removed_at is null
    order by a.qualified_name, a.id limit ${toldAtMost}`.execute(db)
  return rows.map(({ relation }) => relation)
}

/** The relation that a job is about, where it is about one. */
export async function relationOfJob(db: Database, { jobId }: Of): Promise<ToldRelation | undefined> {
  const { rows } = await sql<{ relation: ToldRelation }>`
    select ${relationOf('a', 's', 'd')} as relation
    from job j
    join asset a on a.id = j.asset_id and a.document is not null
    join asset d on d.id = a.database_id
    left join asset s on s.id = a.schema_id
    where j.id = ${jobId}::uuid`.execute(db)
  return rows[0]?.relation
}

/** The edges that a lineage extraction found last, without those of foreign keys: no data flows along them. */
export async function extractedEdges(db: Database, { jobId, connectionId }: Of): Promise<ToldEdge[]> {
  const { rows } = await sql<ToldEdge>`
    select ${relationOf('f', 'fs', 'fd')} as "from", ${relationOf('t', 'ts', 'td')} as "to", e.columns, e.indirect
    from asset t
    join lineage_edge e on e.to_asset_id = t.id and e.job_id = ${jobId}::uuid and e.evidence <> 'foreign_key'
    join asset f on f.id = e.from_asset_id
    join asset td on td.id = t.database_id
    left join asset ts on ts.id = t.schema_id
    join asset fd on fd.id = f.database_id
    left join asset fs on fs.id = f.schema_id
    where t.connection_id = ${connectionId}::uuid
    order by t.qualified_name, t.id, f.qualified_name, f.id, e.evidence limit ${toldAtMost}`.execute(db)
  return rows
}

/** What a metric capture measured, without metrics of people and groups. */
export async function capturedMetrics(db: Database, { jobId, connectionId }: Of): Promise<ToldMetrics[]> {
  const { rows } = await sql<ToldMetrics>`
    select ${relationOf('a', 's', 'd')} as relation, measured.values
    from job j
    join asset a on a.connection_id = ${connectionId}::uuid and a.document is not null
    join asset d on d.id = a.database_id
    left join asset s on s.id = a.schema_id,
    lateral (
      select jsonb_agg(jsonb_build_object('metric', m.metric, 'column', m.column_name, 'value', p.value)) as values
      from metric_series m
      join metric_point p on p.series_id = m.id and p.at between j.started_at and j.ended_at and p.job_id = j.id
      where m.asset_id = a.id and m.definition_id is null and m.group_name is null and p.value is not null
    ) measured
    where j.id = ${jobId}::uuid and measured.values is not null
    order by a.qualified_name, a.id limit ${toldAtMost}`.execute(db)
  return rows
}

/** When the tables that a freshness check looked at were updated last. */
export async function checkedUpdates(
  db: Database,
  { jobId, connectionId }: Of,
): Promise<{ relation: ToldRelation; updatedAt: Date }[]> {
  const { rows } = await sql<{ relation: ToldRelation; updatedAt: Date }>`
    select ${relationOf('a', 's', 'd')} as relation, fr.updated_at as "updatedAt"
    from asset a
    join freshness fr on fr.asset_id = a.id and fr.job_id = ${jobId}::uuid and fr.updated_at is not null
    join asset d on d.id = a.database_id
    left join asset s on s.id = a.schema_id
    where a.connection_id = ${connectionId}::uuid
    order by a.qualified_name, a.id limit ${toldAtMost}`.execute(db)
  return rows
}
