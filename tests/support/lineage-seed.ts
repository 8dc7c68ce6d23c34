import { newId, type ColumnPair, type Database, type Tables } from '@plumbline/store'
import type { LineageCertainty, LineageEvidence, RelationKind } from '@plumbline/workflows'
import { relationDocument } from '@plumbline/workflows/testing/relation-document'
import { sql } from 'kysely'

export interface SeededRelation {
  schema: string
  name: string
  kind?: RelationKind
  columns?: string[]
  definition?: string
}

export interface SeededEdge {
  /** `schema.name` */
  from: string
  to: string
  evidence?: LineageEvidence
  columns?: [from: string, to: string][]
  indirect?: string[]
  certainty?: LineageCertainty
  confidence?: number
  seenCount?: number
  /** Has faded since. */
  faded?: boolean
  /** Of evidence that comes with a statement. */
  statement?: { name: string; text: string }
}

interface Place {
  organizationId: string
  connectionId: string
  /** The root asset of the connection, and its name. */
  databaseId: string
  database: string
}

/**
 * Writes relations and edges straight into the record, as jobs would have: many thousands in a second or two.
 * @returns the ids of the relations by `schema.name`
 */
export async function seedLineage(
  db: Database,
  place: Place,
  { relations, edges }: { relations: readonly SeededRelation[]; edges: readonly SeededEdge[] },
): Promise<Map<string, string>> {
  const schemas = new Map([...new Set(relations.map(({ schema }) => schema))].map((name) => [name, newId()]))
  const common = {
    organization_id: place.organizationId,
    connection_id: place.connectionId,
    database_id: place.databaseId,
  }
  await inParts(
    db,
    'asset',
    [...schemas].map(([name, id]) => ({
      ...common,
      id,
      parent_id: place.databaseId,
      schema_id: id,
      kind: 'schema' as const,
      name,
      qualified_name: `${place.database}.${name}`,
      external_id: `n:${id}`,
    })),
  )
  const rows = relations.map((relation) => ({ ...common, ...relationRow(relation, place, schemas) }))
  await inParts(db, 'asset', rows)
  const ids = new Map(rows.map((row, index) => [`${relations[index]?.schema}.${row.name}`, row.id]))
  await seedEdges(db, place, edges, ids)
  await sql`analyze asset, lineage_edge`.execute(db)
  return ids
}

function relationRow(relation: SeededRelation, place: Place, schemas: ReadonlyMap<string, string>) {
  const id = newId()
  return {
    id,
    parent_id: schemas.get(relation.schema) ?? null,
    schema_id: schemas.get(relation.schema) ?? null,
    kind: relation.kind ?? 'table',
    name: relation.name,
    qualified_name: `${place.database}.${relation.schema}.${relation.name}`,
    external_id: `r:${id}`,
    fingerprint: 'seeded',
    document: relationDocument(relation.columns ?? [], { definition: relation.definition ?? null }),
  }
}

async function seedEdges(
  db: Database,
  place: Place,
  edges: readonly SeededEdge[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const statements = new Map<SeededEdge, number>()
  for (const edge of edges.filter(({ statement }) => statement)) {
    // Few edges of a test have a statement.
    // oxlint-disable-next-line no-await-in-loop
    statements.set(edge, await seedStatement(db, place, edge))
  }
  const columnsOf = (edge: SeededEdge): ColumnPair[] => (edge.columns ?? []).map(([from, to]) => ({ from, to }))
  await inParts(
    db,
    'lineage_edge',
    edges.map((edge) => ({
      organization_id: place.organizationId,
      from_asset_id: ids.get(edge.from) ?? '',
      to_asset_id: ids.get(edge.to) ?? '',
      evidence: edge.evidence ?? 'view',
      columns: columnsOf(edge),
      indirect: edge.indirect ?? [],
      certainty: edge.certainty ?? 'resolved',
      confidence: edge.confidence ?? 1,
      seen_count: edge.seenCount ?? 1,
      fades_at: edge.faded === true ? new Date('2020-01-01T00:00:00Z') : null,
      statement_id: statements.get(edge) ?? null,
      job_id: newId(),
    })),
  )
}

async function seedStatement(db: Database, place: Place, { evidence, statement }: SeededEdge): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into lineage_statement (organization_id, connection_id, origin, name, text, hash)
    values (${place.organizationId}::uuid, ${place.connectionId}::uuid, ${evidence}, ${statement?.name}, ${statement?.text},
      sha256(convert_to(${statement?.text}, 'UTF8')))
    on conflict (connection_id, origin, name, hash) do update set last_seen_at = now()
    returning id`.execute(db)
  return rows[0]?.id ?? 0
}

/** A statement takes only so many parameters: the rows go as one, as JSON. */
async function inParts(db: Database, table: keyof Tables, rows: readonly object[]): Promise<void> {
  const size = 2_000
  for (let start = 0; start < rows.length; start += size) {
    const part = rows.slice(start, start + size)
    const names = Object.keys(part[0] ?? {}).map((name) => sql.ref(name))
    // One after the other keeps the memory small.
    // oxlint-disable-next-line no-await-in-loop
    await sql`insert into ${sql.table(table)} (${sql.join(names)})
      select ${sql.join(names)} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(part)}::jsonb)`.execute(
      db,
    )
  }
}
