import {
  singlePatterns,
  wholeCatalog,
  type CatalogScope,
  type JobWarning,
  type UnreadRelation,
} from '@plumbline/workflows'
import { ConnectorError } from '../connector-error.ts'
import type { CatalogEvent, CatalogRequest } from '../connector.ts'
import { fingerprintsQuery, relationOidsQuery, type QueryScope } from './catalog-queries.ts'
import { relationId, schemaId, type FingerprintRow } from './catalog-rows.ts'
import { CatalogCursor } from './catalog-cursor.ts'
import { isConnectionCode } from './driver-error.ts'
import type { PostgresLink } from './link.ts'
import { quoteIdentifier, quoteRelation } from './quote.ts'
import { noSelect, patternUnmatched, relationUnread, schemaMissing, schemaUnreadable } from '../catalog-warnings.ts'
import { readDetails, relationsPerBatch } from './read-details.ts'
import { relationConditions, schemasQuery, unmatchedPatternsQuery } from './scope-queries.ts'
import { lockedRelations, standingElsewhere } from './unread-relations.ts'

/** For one page of one cursor; the first page of a large catalog includes its sort. */
const statementTimeoutMs = 120_000

interface SchemaRow {
  oid: number
  name: string
  comment: string | null
  relations: number
  looked_at: boolean
}

interface Reading {
  link: PostgresLink
  known: ReadonlyMap<string, string>
  /** Oids that were told of, for the reading that continues where one broke off. */
  delivered: Set<number>
  lockRounds: number
  /** By oid: those that somebody holds a lock on. */
  locked: Map<number, UnreadRelation>
  /** Oids that the role was said to lack a right on. */
  warned: Set<number>
}

/**
 * The whole catalog from one snapshot in a handful of statements: first a fingerprint of every relation, then all that is known
 * of those whose fingerprint is new. When one of them fails for what is in the catalog (a damaged view makes it raise), the rest
 * is read again schema by schema below savepoints of the same snapshot, so that only the schema which holds the damage stays
 * incomplete; what somebody has locked is left out alone.
 */
export async function* readCatalog(
  link: PostgresLink,
  { scope = wholeCatalog, known = new Map() }: CatalogRequest,
): AsyncGenerator<CatalogEvent> {
  await using _transaction = await link.begin(statementTimeoutMs)
  const relations = relationConditions(scope)
  const found = await link.query<SchemaRow>(schemasQuery(scope))
  const schemas = found.filter(({ looked_at: lookedAt }) => lookedAt)
  yield { kind: 'total', relations: schemas.reduce((sum, schema) => sum + schema.relations, 0) }
  for (const name of scope.schemas ?? [])
    if (!found.some((schema) => schema.name === name)) yield schemaMissing(quoteIdentifier(name), name)
  yield* unmatchedPatterns(link, scope)

  const reading: Reading = { link, known, delivered: new Set(), lockRounds: 0, locked: new Map(), warned: new Set() }
  const all = schemas.length === found.length ? {} : { schemas: schemas.map(({ oid }) => oid) }
  const failure = yield* readAroundLocks(reading, { ...all, relations })
  for (const schema of schemas) {
    const damage = failure && (yield* readAroundLocks(reading, { schemas: [schema.oid], relations }))
    if (damage) yield schemaUnreadable(schema.name, damage)
    yield schemaOf(schema, damage === null)
  }
  yield* tellUnread(reading, scope)
}

async function* unmatchedPatterns(link: PostgresLink, scope: CatalogScope): AsyncGenerator<CatalogEvent> {
  const patterns = singlePatterns(scope)
  if (patterns.length === 0) return
  const rows = await link.query<{ number: number }>(unmatchedPatternsQuery(scope, patterns))
  const unmatched = patterns.filter((_, index) => rows.some(({ number }) => number === index + 1))
  if (unmatched.length > 0) yield { kind: 'warnings', warnings: unmatched.map(patternUnmatched) }
}

/** How often a reading waits for a lock and looks who holds it; each costs the lock timeout. After that a schema stays incomplete. */
const mostLockRounds = 4

/**
 * Relations that somebody has locked are left out, and the rest is read again: it is complete without them.
 * @returns as `readBelowSavepoint` does
 */
async function* readAroundLocks(
  reading: Reading,
  scope: QueryScope,
): AsyncGenerator<CatalogEvent, ConnectorError | null> {
  for (;;) {
    const failure = yield* readBelowSavepoint(reading, { ...scope, except: [...reading.locked.keys()] })
    if (failure?.code !== 'lock-timeout' || reading.lockRounds === mostLockRounds) return failure
    reading.lockRounds += 1
    for (const [oid, relation] of await lockedRelations(reading.link, scope)) {
      if (!reading.delivered.has(oid)) reading.locked.set(oid, relation)
    }
  }
}

async function* tellUnread(
  { link, known, delivered, locked }: Reading,
  scope: CatalogScope,
): AsyncGenerator<CatalogEvent> {
  const outside = await standingElsewhere(link, scope, {
    known: known.keys(),
    met: (oid) => delivered.has(oid) || locked.has(oid),
  })
  const relations = [...locked.values(), ...outside]
  if (relations.length === 0) return
  yield { kind: 'unread', relations }
  yield { kind: 'warnings', warnings: relations.map(relationUnread) }
}

/** @returns what is wrong with the catalog, null for nothing; whatever ends the session is thrown */
async function* readBelowSavepoint(
  reading: Reading,
  scope: QueryScope,
): AsyncGenerator<CatalogEvent, ConnectorError | null> {
  const { link } = reading
  await link.query('savepoint reading')
  try {
    yield* readRelations(reading, scope)
    await link.query('release reading')
    return null
  } catch (error) {
    if (!(error instanceof ConnectorError) || isConnectionCode(error.code)) throw error
    await link.query('rollback to reading')
    return error
  }
}

/**
 * The hash of a relation is worked out before its first row comes, so a large catalog is read in parts: no statement takes longer, in
 * the source, than one over ten thousand relations does.
 */
async function* readRelations(reading: Reading, scope: QueryScope): AsyncGenerator<CatalogEvent> {
  const rows = await reading.link.query<{ relation: number }>(relationOidsQuery(scope))
  for (let from = 0; from < rows.length; from += relationsPerPart) {
    const part = rows.slice(from, from + relationsPerPart)
    const [first, last] = [part[0]?.relation ?? 0, part.at(-1)?.relation ?? 0]
    const ofPart = part.length === rows.length ? '' : ` and c.oid between ${first} and ${last}`
    yield* readPart(reading, { ...scope, relations: `${scope.relations ?? ''}${ofPart}` })
  }
}

const relationsPerPart = 10_000

async function* readPart(reading: Reading, scope: QueryScope): AsyncGenerator<CatalogEvent> {
  const { link, known, delivered, warned } = reading
  const changed = new Map<number, string>()
  const rows = await CatalogCursor.declare<FingerprintRow>(
    link,
    'plumbline_fingerprints',
    fingerprintsQuery(scope),
    fingerprintsPerPage,
  )
  for (let page = await rows.page(); page.length > 0; page = await rows.page()) {
    const open = page.filter(({ relation }) => !delivered.has(relation))
    const isKnown = (row: FingerprintRow) => known.get(relationId(row.relation)) === sourceFingerprint(row)
    for (const row of open) if (!isKnown(row)) changed.set(row.relation, sourceFingerprint(row))
    const unchanged = open.filter(isKnown)
    yield* deliverUnchanged(unchanged)
    for (const { relation } of unchanged) delivered.add(relation)
    const lacking = open.filter((row) => !(row.schema_usable && row.readable) && !warned.has(row.relation))
    for (const { relation } of lacking) warned.add(relation)
    if (lacking.length > 0) yield { kind: 'warnings', warnings: lacking.map(lackingSelect) }
  }
  // A cursor outlives the savepoint it was declared in, and the next reading uses the same names.
  await link.query('close all')
  yield* readDetails(link, scope, changed, delivered)
  await link.query('close all')
}

function lackingSelect({ schema, name, schema_usable: usable }: FingerprintRow): JobWarning {
  const lacking = usable ? `SELECT on ${quoteRelation(schema, name)}` : `USAGE on schema ${quoteIdentifier(schema)}`
  return noSelect(lacking, `${schema}.${name}`)
}

const fingerprintsPerPage = 1_000

/** Counts up when the same rows of the catalog make another document: then everything is read anew. */
const readingVersion = 1
const sourceFingerprint = ({ fingerprint }: FingerprintRow): string => `${readingVersion}:${fingerprint}`

function* deliverUnchanged(rows: readonly FingerprintRow[]): Generator<CatalogEvent> {
  for (let from = 0; from < rows.length; from += relationsPerBatch) {
    yield {
      kind: 'unchanged',
      relations: rows.slice(from, from + relationsPerBatch).map((row) => ({
        externalId: relationId(row.relation),
        sourceFingerprint: sourceFingerprint(row),
        readable: row.schema_usable && row.readable,
        columns: row.columns,
      })),
    }
  }
}

function schemaOf({ oid, name, comment }: SchemaRow, complete: boolean): CatalogEvent {
  return { kind: 'schema', schema: { externalId: schemaId(oid), name, comment, complete } }
}
