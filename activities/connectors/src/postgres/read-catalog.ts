import type { DiscoveredRelation, JobWarning } from '@plumbline/workflows'
import type { CatalogEvent } from '../connector.ts'
import { ConnectorError } from '../connector-error.ts'
import { CatalogCursor } from './catalog-cursor.ts'
import { catalogQueries, schemasQuery, type CatalogScope } from './catalog-queries.ts'
import {
  discoveredRelation,
  schemaId,
  type ColumnRow,
  type ConstraintRow,
  type IndexRow,
  type RelationRow,
} from './catalog-rows.ts'
import { isConnectionCode } from './driver-error.ts'
import type { PostgresLink } from './link.ts'
import { quoteIdentifier, quoteRelation } from './quote.ts'

/** For one page of one cursor; the first page of a large catalog includes its sort. */
const statementTimeoutMs = 120_000
const relationsPerBatch = 250
const pageSize = { relations: 250, columns: 4_000, constraints: 2_000, indexes: 2_000 }

interface SchemaRow {
  oid: number
  name: string
  comment: string | null
  relations: number
}

/** How far a reading has come, for the one that continues where it broke off. */
interface Delivered {
  lastRelation: number
}

/**
 * The whole catalog from one snapshot in a handful of statements. When one of them fails for what is in the catalog (a
 * damaged view makes it raise), the rest is read again schema by schema below savepoints of the same snapshot, so that
 * only the schema which holds the damage stays incomplete.
 */
export async function* readCatalog(link: PostgresLink, wanted?: readonly string[]): AsyncGenerator<CatalogEvent> {
  await using _transaction = await link.begin(statementTimeoutMs)
  const found = await link.query<SchemaRow>(schemasQuery)
  const schemas = wanted === undefined ? found : found.filter(({ name }) => wanted.includes(name))
  yield { kind: 'total', relations: schemas.reduce((sum, { relations }) => sum + relations, 0) }
  for (const name of wanted ?? []) if (!found.some((schema) => schema.name === name)) yield schemaMissing(name)

  const delivered: Delivered = { lastRelation: 0 }
  const scope = wanted === undefined ? {} : { schemas: schemas.map(({ oid }) => oid) }
  const failure = yield* readBelowSavepoint(link, scope, delivered)
  if (failure === null) {
    for (const schema of schemas) yield schemaOf(schema, true)
    return
  }
  const afterRelation = delivered.lastRelation
  for (const schema of schemas) {
    const damage = yield* readBelowSavepoint(link, { schemas: [schema.oid], afterRelation }, { lastRelation: 0 })
    if (damage !== null) yield schemaUnreadable(schema, damage)
    yield schemaOf(schema, damage === null)
  }
}

/** @returns what is wrong with the catalog, null for nothing; whatever ends the session is thrown */
async function* readBelowSavepoint(
  link: PostgresLink,
  scope: CatalogScope,
  delivered: Delivered,
): AsyncGenerator<CatalogEvent, ConnectorError | null> {
  await link.query('savepoint reading')
  try {
    yield* readRelations(link, scope, delivered)
    // A cursor outlives the savepoint it was declared in, and the next reading uses the same names.
    await link.query('close all')
    await link.query('release reading')
    return null
  } catch (error) {
    if (!(error instanceof ConnectorError) || isConnectionCode(error.code)) throw error
    await link.query('rollback to reading')
    return error
  }
}

async function* readRelations(
  link: PostgresLink,
  scope: CatalogScope,
  delivered: Delivered,
): AsyncGenerator<CatalogEvent> {
  const queries = catalogQueries(scope)
  const declare = <Row extends { relation: number }>(name: keyof typeof queries) =>
    CatalogCursor.declare<Row>(link, `plumbline_${name}`, queries[name], pageSize[name])
  const relations = await declare<RelationRow>('relations')
  const columns = await declare<ColumnRow>('columns')
  const constraints = await declare<ConstraintRow>('constraints')
  const indexes = await declare<IndexRow>('indexes')

  let batch: DiscoveredRelation[] = []
  let warnings: JobWarning[] = []
  for (let row = await relations.next(); row !== undefined; row = await relations.next()) {
    const relation = discoveredRelation({
      relation: row,
      columns: await columns.rowsOf(row.relation),
      constraints: await constraints.rowsOf(row.relation),
      indexes: await indexes.rowsOf(row.relation),
    })
    if (relation !== null) batch.push(relation)
    if (!row.schema_usable || !row.readable) warnings.push(noSelect(row))
    if (batch.length + warnings.length < relationsPerBatch) continue
    yield* deliver(batch, warnings)
    delivered.lastRelation = row.relation
    batch = []
    warnings = []
  }
  yield* deliver(batch, warnings)
}

function* deliver(relations: DiscoveredRelation[], warnings: JobWarning[]): Generator<CatalogEvent> {
  if (relations.length > 0) yield { kind: 'relations', relations }
  if (warnings.length > 0) yield { kind: 'warnings', warnings }
}

function schemaOf({ oid, name, comment }: SchemaRow, complete: boolean): CatalogEvent {
  return { kind: 'schema', schema: { externalId: schemaId(oid), name, comment, complete } }
}

function schemaMissing(name: string): CatalogEvent {
  const message = `The database has no schema ${quoteIdentifier(name)}.`
  return { kind: 'warnings', warnings: [{ code: 'schema-missing', object: name, message }] }
}

function schemaUnreadable({ name }: SchemaRow, damage: ConnectorError): CatalogEvent {
  const message = `The schema could not be read whole, so nothing is reported as removed from it: ${damage.message}`
  return { kind: 'warnings', warnings: [{ code: 'schema-unreadable', object: name, message }] }
}

function noSelect({ schema, name, schema_usable: usable }: RelationRow): JobWarning {
  const lacking = usable ? `SELECT on ${quoteRelation(schema, name)}` : `USAGE on schema ${quoteIdentifier(schema)}`
  const message = `The role lacks ${lacking}: the structure is known, but values cannot be sampled.`
  return { code: 'no-select', object: `${schema}.${name}`, message }
}
