import { wholeCatalog, type KeyDocument } from '@plumbline/workflows'
import { noSelect, schemaMissing } from '../catalog-warnings.ts'
import type { CatalogEvent, CatalogRequest } from '../connector.ts'
import { identitiesOf } from '../identities.ts'
import { lookedAt, standingElsewhere, toldRelations, unmatchedPatterns } from '../scoped-catalog.ts'
import { discoveredRelation, relationKey, relationKindOf, type ColumnRow, type RelationRow } from './catalog-rows.ts'
import { columnsStatement, schemasStatement, tablesStatement, viewsStatement } from './catalog-statements.ts'
import { compareText, inParts, RowsByRelation } from './in-parts.ts'
import type { SnowflakeLink } from './link.ts'
import { foldIdentifier, quoteIdentifier, quoteName } from './quote.ts'
import { readKeys } from './read-keys.ts'
import { readPassages } from './read-passages.ts'
import { readableRelations } from './relation-privileges.ts'
import { shownDefinitions, type ShownKind } from './shown-definitions.ts'

const relationsPerBatch = 250

interface SchemaRow {
  name: string
  comment: string | null
  created: number
}

interface ViewRow {
  schema: string
  name: string
  created: number
  comment: string | null
  definition: string | null
}

interface Reading {
  link: SnowflakeLink
  database: string
  schemas: string[]
  /** In the order of the catalog's statements. */
  relations: RelationRow[]
  /** By `relationKey`. */
  ids: Map<string, string>
  keys: Map<string, KeyDocument[]>
  definitions: Map<string, string>
  /** Undefined where Snowflake does not tell. */
  readable: Set<string> | undefined
  known: ReadonlyMap<string, string>
}

/**
 * The whole catalog by a handful of statements: relations first, whose names and identities are held, then their columns and the texts
 * of views as streams beside each other. Snowflake has no snapshot of it: what is made while it is read is found the next time.
 */
export async function* readCatalog(
  link: SnowflakeLink,
  { scope = wholeCatalog, known = new Map() }: CatalogRequest,
): AsyncGenerator<CatalogEvent> {
  const database = foldIdentifier(link.settings.database)
  const found = await link.query<SchemaRow>(schemasStatement(database))
  const schemas = found.map(({ name }) => name)
  const tables = await readRelations(link, database, schemas)
  const passages = await readPassages(link, { database, schemas })
  const all = inOrder([...tables, ...passages.relations])
  const isLookedAt = lookedAt(scope)
  const relations = all.filter((relation) => isLookedAt.relation(relation))
  yield { kind: 'total', relations: relations.length }
  for (const name of scope.schemas ?? []) if (!schemas.includes(name)) yield schemaMissing(quoteIdentifier(name), name)
  yield* unmatchedPatterns(scope, schemas, all)

  const ids = identitiesOf(all, known)
  const reading: Reading = {
    link,
    database,
    schemas,
    relations,
    ids,
    keys: relations.length === 0 ? new Map() : await readKeys(link, { database, schemas, relations: tables, ids }),
    definitions: new Map([...(await readDefinitions(link, { database, schemas }, relations)), ...passages.definitions]),
    readable: relations.length === 0 ? new Set() : await readableRelations(link, quoteIdentifier(database)),
    known,
  }
  yield* readDetails(reading)
  for (const schema of found) if (isLookedAt.schema(schema.name)) yield schemaOf(schema, found)
  yield* standingElsewhere(reading, all, { isLookedAt, kindOf: relationKindOf })
}

async function readRelations(
  link: SnowflakeLink,
  database: string,
  schemas: readonly string[],
): Promise<RelationRow[]> {
  const found = new Map<string, RelationRow>()
  const tables = inParts<RelationRow>(link, schemas, (part) => tablesStatement(database, part))
  for await (const rows of tables) for (const row of rows) found.set(relationKey(row), row)
  // Views are among the tables; where they are not, they are here.
  for await (const rows of inParts<ViewRow>(link, schemas, (part) => viewsStatement(database, part)))
    for (const { schema, name, created, comment } of rows) {
      const view = { schema, name, type: 'VIEW', dynamic: null, created, comment, clusteredBy: null }
      if (!found.has(relationKey(view))) found.set(relationKey(view), view)
    }
  return [...found.values()]
}

/** As the statements order what they tell of them. */
const inOrder = (relations: readonly RelationRow[]): RelationRow[] =>
  relations.toSorted((a, b) => compareText(relationKey(a), relationKey(b)))

function readDefinitions(
  link: SnowflakeLink,
  place: { database: string; schemas: readonly string[] },
  relations: readonly RelationRow[],
): Promise<Map<string, string>> {
  const wanted: ShownKind[] = []
  if (relations.some(({ type }) => type === 'MATERIALIZED VIEW')) wanted.push('MATERIALIZED VIEWS')
  if (relations.some(({ dynamic }) => dynamic === 'YES')) wanted.push('DYNAMIC TABLES')
  return shownDefinitions(link, place, wanted)
}

async function* readDetails(reading: Reading): AsyncGenerator<CatalogEvent> {
  const { link, database, schemas, relations } = reading
  if (relations.length === 0) return
  const columns = new RowsByRelation(
    inParts<ColumnRow>(link, schemas, (part) => columnsStatement(database, part)),
    ({ schema, relation }) => relationKey({ schema, name: relation }),
  )
  const views = new RowsByRelation(
    inParts<ViewRow>(link, schemas, (part) => viewsStatement(database, part)),
    relationKey,
  )
  try {
    for (let from = 0; from < relations.length; from += relationsPerBatch)
      yield* readBatch(reading, relations.slice(from, from + relationsPerBatch), { columns, views })
  } finally {
    await columns.close()
    await views.close()
  }
}

/** Nobody samples it. */
const isPassage = ({ type }: RelationRow): boolean => type === 'STREAM' || type === 'STAGE'

interface Streams {
  columns: RowsByRelation<ColumnRow>
  views: RowsByRelation<ViewRow>
}

async function* readBatch(
  { ids, keys, definitions, readable, known }: Reading,
  batch: readonly RelationRow[],
  { columns, views }: Streams,
): AsyncGenerator<CatalogEvent> {
  const read = []
  for (const relation of batch) {
    const key = relationKey(relation)
    const [view] = relation.type === 'VIEW' ? await views.of(key) : []
    read.push(
      discoveredRelation({
        relation,
        externalId: ids.get(key) ?? key,
        columns: await columns.of(key),
        keys: keys.get(key) ?? [],
        definition: definitions.get(key) ?? (view?.definition || null),
        readable: isPassage(relation) || (readable?.has(key) ?? true),
      }),
    )
  }
  yield* toldRelations(read, known)
  const lacking = read.filter((relation) => !relation.readable)
  if (lacking.length > 0)
    yield {
      kind: 'warnings',
      warnings: lacking.map(({ schema, name }) =>
        noSelect(`SELECT on ${quoteName(schema, name)}`, `${schema}.${name}`),
      ),
    }
}

/** A rename keeps when a schema was created; those of one moment are told apart by their names. */
function schemaOf({ name, comment, created }: SchemaRow, all: readonly SchemaRow[]): CatalogEvent {
  const isAlone = all.filter((one) => one.created === created).length === 1
  const externalId = isAlone ? `n:${created}` : `n:${created}:${name}`
  return { kind: 'schema', schema: { externalId, name, comment: comment || null, complete: true } }
}
