import { connectionKind, type ConnectionKind } from '@plumbline/connectors/kinds'
import type { ColumnProfile, DocumentationSubject } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { chosenRelations, keepFound, onPage, type SelectionPage } from '../selection/selected-tables.ts'
import type { StepLease } from '../jobs/step-lease.ts'

/** A chosen relation with all that is known of it, and what its documentation was written from last. */
export interface ChosenSubject extends DocumentationSubject {
  assetId: string
  qualifiedName: string
  documentedFingerprint: string | null
  documentedBy: 'ai' | 'rules' | null
}

/** Names that are shown of a kind; more tell no more. */
const mostNames = 40
/** Shorter first words of names say nothing about what belongs together. */
const leastPrefix = 3

/** Some of the chosen relations that are still there and that the job has not described yet. */
export async function subjectsToDocument(db: Database, jobId: string, page: SelectionPage): Promise<ChosenSubject[]> {
  const { rows } = await sql<Omit<ChosenSubject, 'dialect'> & { warehouse: ConnectionKind }>`
    ${chosenRelations(jobId, surroundings)} and s.documentation is null ${onPage('s.asset_id', page)}`.execute(db)
  return rows.map(({ warehouse, ...subject }) => ({ ...subject, dialect: connectionKind(warehouse).dialect }))
}

/** How many of the chosen relations the job has described, and how many of them it left as they are. */
export async function describedSoFar(db: Database, jobId: string): Promise<{ described: number; unchanged: number }> {
  const { rows } = await sql<{ described: number; unchanged: number }>`
    select count(*) filter (where not (documentation ->> 'unchanged')::boolean) as described,
      count(*) filter (where (documentation ->> 'unchanged')::boolean) as unchanged
    from selected_table where job_id = ${jobId}::uuid and documentation is not null`.execute(db)
  return rows[0] ?? { described: 0, unchanged: 0 }
}

/** Of some relations, the columns whose tags say that their values are a person's or secret, by relation. */
export async function personalColumns(db: Database, assetIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await db
    .selectFrom('column_tag')
    .select(['asset_id', 'column_name'])
    .where('asset_id', '=', sql<string>`any(${[...assetIds]}::uuid[])`)
    .where((eb) => eb.or([eb('category', '=', 'pii'), eb('tag', '=', 'restricted')]))
    .execute()
  const byAsset = Map.groupBy(rows, (row) => row.asset_id)
  return new Map([...byAsset].map(([id, tagged]) => [id, new Set(tagged.map((row) => row.column_name))]))
}

/** What the samples of some chosen tables showed, by column. */
export async function writeProfiles(
  db: Database,
  lease: StepLease,
  tables: readonly { assetId: string; found: Record<string, ColumnProfile> }[],
): Promise<void> {
  const found = tables.map(({ assetId, found: value }) => ({ assetId, value }))
  await keepFound(db, lease, { table: 'selected_table', column: 'profile' }, found)
}

const unfaded = sql`(e.fades_at is null or e.fades_at > now())`

/** Names of the relations `r` at the other end of edges `e`, with their schema. */
const named = (edges: ReturnType<typeof sql>) => sql`
  coalesce((select jsonb_agg(name order by name) from (
    select distinct rs.name || '.' || r.name as name from ${edges} and r.removed_at is null and r.id <> a.id
    order by name limit ${mostNames}) found), '[]')`

const flows = (near: string, far: string) =>
  named(sql`lineage_edge e join asset r on r.id = ${sql.ref(`e.${far}`)}
  join asset rs on rs.id = r.schema_id
  where ${sql.ref(`e.${near}`)} = a.id and e.evidence <> 'foreign_key' and ${unfaded}`)

const tags = sql`
  coalesce((select jsonb_object_agg(column_name, tags) from (
    select column_name, jsonb_agg(jsonb_build_object('tag', tag, 'category', category)
      order by array_position('{pii,sensitivity,domain}'::text[], category), tag) as tags
    from column_tag where asset_id = a.id group by column_name) t), '{}')`

const references = sql`
  coalesce((select jsonb_object_agg(k ->> 'name', rs.name || '.' || r.name)
    from jsonb_array_elements(a.document -> 'keys') k
    join asset r on r.connection_id = a.connection_id and r.removed_at is null
      and r.external_id = k -> 'references' ->> 'externalId'
    join asset rs on rs.id = r.schema_id
    where k ->> 'kind' = 'foreign'), '{}')`

const sources = sql`
  coalesce((select jsonb_object_agg(to_column, froms) from (
    select c."to" as to_column, jsonb_agg(distinct rs.name || '.' || r.name || '.' || c."from") as froms
    from lineage_edge e
    join asset r on r.id = e.from_asset_id and r.removed_at is null
    join asset rs on rs.id = r.schema_id
    cross join jsonb_to_recordset(e.columns) as c("from" text, "to" text, certainty text)
    where e.to_asset_id = a.id and e.evidence <> 'foreign_key' and c.certainty is distinct from 'ambiguous' and ${unfaded}
    group by c."to") f), '{}')`

/** Of a schema with thousands of tables those whose names begin with the same word: another table changes nothing for the rest. */
const neighbours = sql`
  coalesce((select jsonb_agg(name order by name) from (
    select n.name from asset n
    where n.schema_id = a.schema_id and n.id <> a.id and n.removed_at is null and n.document is not null
      and length(split_part(a.name, '_', 1)) >= ${leastPrefix} and split_part(n.name, '_', 1) = split_part(a.name, '_', 1)
    order by n.name limit ${mostNames}) near), '[]')`

const rows = sql`
  (select p.value from metric_series m join metric_point p on p.series_id = m.id
    where m.asset_id = a.id and m.metric = 'row_count' and m.ended_at is null and p.value is not null
    order by p.at desc limit 1)`

const surroundings = sql`,
  (select name from asset d where d.id = a.database_id) as database,
  (select c.kind from connection c where c.id = a.connection_id) as warehouse,
  a.documented_fingerprint as "documentedFingerprint", a.documented_by as "documentedBy",
  ${tags} as tags, ${references} as references,
  ${named(sql`lineage_edge e join asset r on r.id = e.to_asset_id join asset rs on rs.id = r.schema_id
    where e.from_asset_id = a.id and e.evidence = 'foreign_key'`)} as "referencedBy",
  ${flows('to_asset_id', 'from_asset_id')} as upstream, ${flows('from_asset_id', 'to_asset_id')} as downstream,
  ${sources} as sources, ${neighbours} as neighbours, ${rows} as rows,
  (select (f.verdict -> 'expected' ->> 'intervalMs')::float8 from freshness f where f.asset_id = a.id) as "updateIntervalMs",
  coalesce(s.profile, '{}') as profile`
