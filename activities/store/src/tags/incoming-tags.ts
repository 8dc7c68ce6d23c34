import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { TagRecord } from './tag-table.ts'

/** A tag of a column that values flow from, or that a foreign key points to. */
export interface IncomingTag {
  tag: string
  category: 'pii' | 'sensitivity'
  confidence: number
  /** `schema.table.column`, behind the database's name. */
  from: string
  how: 'flow' | 'key'
}

/** What is known of a column beside its structure and values. */
export interface ColumnSurroundings {
  inherited: IncomingTag[]
  rejected: string[]
  earlier: Pick<TagRecord, 'tag' | 'category' | 'confidence' | 'evidence'>[]
}

/**
 * By relation and column: the tags of the columns it comes from, those that a person took off it, and where this job looked at no
 * values those that it has had, as long as its name and type are what they were then. Of a relation that this job has classified
 * already, what it found counts, beside what people decided.
 */
export async function surroundingsOf(
  db: Database,
  jobId: string,
  assetIds: readonly string[],
): Promise<Map<string, Record<string, ColumnSurroundings>>> {
  const ids = sql`${[...assetIds]}::uuid[]`
  const { rows } = await sql<{ assetId: string; column: string } & ColumnSurroundings>`
    with link as (
      select e.to_asset_id as to_id, c."to" as to_column, e.from_asset_id as from_id, c."from" as from_column,
        'flow' as how
      from lineage_edge e cross join jsonb_to_recordset(e.columns) as c("from" text, "to" text, certainty text)
      where e.to_asset_id = any(${ids}) and ${carriesValues} and c.certainty is distinct from 'ambiguous'
      union
      select a.id, own.name, f.id, referenced.name, 'key'
      from asset a
      cross join jsonb_array_elements(a.document -> 'keys') k
      join asset f on f.connection_id = a.connection_id and f.removed_at is null
        and f.external_id = k -> 'references' ->> 'externalId'
      cross join jsonb_array_elements_text(k -> 'columns') with ordinality as own(name, position)
      join jsonb_array_elements_text(k -> 'references' -> 'columns') with ordinality as referenced(name, position)
        on referenced.position = own.position
      where a.id = any(${ids}) and k ->> 'kind' = 'foreign'
    ), incoming as (
      select l.to_id, l.to_column, t.tag, t.category, t.confidence, l.how,
        f.qualified_name || '.' || l.from_column as "from"
      from link l join asset f on f.id = l.from_id and f.removed_at is null
      cross join lateral (${tagsOf(jobId)}) t
      where (l.from_id, l.from_column) <> (l.to_id, l.to_column) and t.category in ('pii', 'sensitivity')
    ), around as (
      select to_id as asset_id, to_column as column_name, 'inherited' as what,
        jsonb_build_object('tag', tag, 'category', category, 'confidence', confidence, 'from', "from", 'how', how) as it
      from incoming
      union all
      select asset_id, column_name, 'rejected', to_jsonb(tag) from rejected_tag where asset_id = any(${ids})
      union all
      select t.asset_id, t.column_name, 'earlier',
        jsonb_build_object('tag', t.tag, 'category', t.category, 'confidence', t.confidence, 'evidence', t.evidence)
      from selected_table s join asset a on a.id = s.asset_id join column_tag t on t.asset_id = a.id
      where s.job_id = ${jobId}::uuid and s.asset_id = any(${ids}) and not t.inherited and ${valuesUnseen} and ${sameColumn}
    )
    select asset_id as "assetId", column_name as column,
      coalesce(jsonb_agg(it order by it ->> 'from', it ->> 'tag') filter (where what = 'inherited'), '[]') as inherited,
      coalesce(jsonb_agg(it) filter (where what = 'rejected'), '[]') as rejected,
      coalesce(jsonb_agg(it order by it ->> 'tag') filter (where what = 'earlier'), '[]') as earlier
    from around group by asset_id, column_name`.execute(db)
  return byRelation(rows)
}

/** Not sampled, not readable, or without a value: nothing is known now that was not known before. */
const valuesUnseen = sql`coalesce((s.evidence -> t.column_name ->> 'values')::int, 0) = 0`

/** Named and typed as in the structure that its relation had when it was tagged. */
const sameColumn = sql`(a.tagged_fingerprint = a.fingerprint or exists (
  select from asset_version v
  cross join jsonb_to_recordset(v.document -> 'columns') as was(name text, type text)
  join jsonb_to_recordset(a.document -> 'columns') as present(name text, type text)
    on (present.name, present.type) = (was.name, was.type)
  where v.asset_id = a.id and v.fingerprint = a.tagged_fingerprint and was.name = t.column_name))`

/** Edges along which values flow, and that are not fading from sight. */
const carriesValues = sql`e.evidence <> 'foreign_key' and (e.fades_at is null or e.fades_at > now())`

/** Of the column a link comes from: those of people, and those of this job or else of the last one. */
const tagsOf = (jobId: string) => sql`
  select t.tag, t.category, t.confidence from column_tag t
  where t.asset_id = l.from_id and t.column_name = l.from_column and (t.source = 'manual' or not exists (
    select from selected_table s where s.job_id = ${jobId}::uuid and s.asset_id = l.from_id and s.tags is not null))
  union all
  select w.tag, w.category, w.confidence from selected_table s
  cross join jsonb_to_recordset(s.tags -> l.from_column) as w(tag text, category text, confidence real)
  where s.job_id = ${jobId}::uuid and s.asset_id = l.from_id and s.tags ? l.from_column
    and not exists (select from column_decision d where d.asset_id = l.from_id and d.column_name = l.from_column)
    and not exists (select from column_tag m where m.asset_id = l.from_id and m.column_name = l.from_column
      and m.source = 'manual' and m.category = w.category)`

function byRelation(
  rows: readonly ({ assetId: string; column: string } & ColumnSurroundings)[],
): Map<string, Record<string, ColumnSurroundings>> {
  const relations = new Map<string, Record<string, ColumnSurroundings>>()
  for (const { assetId, column, ...surroundings } of rows) {
    const columns = relations.get(assetId) ?? {}
    columns[column] = surroundings
    relations.set(assetId, columns)
  }
  return relations
}

/** Of the relations a job chose, those that something can flow into, in the order of their ids. */
export async function selectedWithSources(db: Database, jobId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from selected_table s join asset a on a.id = s.asset_id
    where s.job_id = ${jobId}::uuid and a.removed_at is null and a.document is not null and (
      exists (select from lineage_edge e where e.to_asset_id = a.id and ${carriesValues})
      or jsonb_path_exists(a.document, '$.keys[*] ? (@.kind == "foreign")'))
    order by a.id`.execute(db)
  return rows.map(({ id }) => id)
}
