import { wholeCatalog, type DiscoveredRelation } from '@plumbline/workflows'
import { schemaMissing, schemaUnreadable } from '../catalog-warnings.ts'
import { ConnectorError } from '../connector-error.ts'
import type { CatalogEvent, CatalogRequest } from '../connector.ts'
import { identitiesOf } from '../identities.ts'
import { lookedAt, standingElsewhere, toldRelations, unmatchedPatterns } from '../scoped-catalog.ts'
import { listDatasets } from './datasets.ts'
import { endsSession, isNotFound } from './driver-error.ts'
import { inParallel, mostCalls } from './in-parallel.ts'
import { tablePath } from './table-path.ts'
import type { BigQueryLink } from './link.ts'
import { quoteIdentifier } from './quote.ts'
import { discoveredRelation, relationKindOf } from './relation-document.ts'
import { tableFields, zDataset, zTable, zTableList } from './resources.ts'
import { askedTable, foldShards, type ListedRelation } from './shards.ts'

const relationsPerBatch = 250

interface Dataset {
  name: string
  relations: ListedRelation[]
  /** Why it could not be listed, or not all of it be read. */
  failure: ConnectorError | undefined
}

/**
 * The catalog by the REST API: lists of datasets and of their tables, then one call a table for all that is known of it. That costs
 * nothing, needs no query and no location, and is consistent table by table; what is made meanwhile is found the next time.
 */
export async function* readCatalog(
  link: BigQueryLink,
  { scope = wholeCatalog, known = new Map() }: CatalogRequest,
): AsyncGenerator<CatalogEvent> {
  const datasets = await readDatasets(link)
  const names = datasets.map(({ name }) => name)
  const all = datasets.flatMap(({ relations }) => relations)
  const isLookedAt = lookedAt(scope)
  const relations = all.filter((relation) => isLookedAt.relation(relation))
  yield { kind: 'total', relations: relations.length }
  for (const name of scope.schemas ?? []) if (!names.includes(name)) yield schemaMissing(quoteIdentifier(name), name)
  yield* unmatchedPatterns(scope, names, all)

  const ids = identitiesOf(all, known)
  for (let from = 0; from < relations.length; from += relationsPerBatch) {
    const batch = relations.slice(from, from + relationsPerBatch)
    const read = await inParallel(batch, mostCalls, (relation) => readRelation(link, relation, { ids, datasets }))
    yield* toldRelations(
      read.filter((one) => one !== null),
      known,
    )
  }
  const seen = datasets.filter(({ name }) => isLookedAt.schema(name))
  for (const { name, failure } of seen) if (failure) yield schemaUnreadable(name, failure)
  for (const schema of await inParallel(seen, mostCalls, (dataset) => schemaOf(link, dataset))) yield schema
  yield* standingElsewhere({ ids, known }, all, { isLookedAt, kindOf: relationKindOf })
}

async function readDatasets(link: BigQueryLink): Promise<Dataset[]> {
  const listed = await inParallel(await listDatasets(link), mostCalls, ({ name }) => listDataset(link, name))
  return listed.filter((one) => one !== null)
}

/** Null for a dataset that was dropped meanwhile. */
async function listDataset(link: BigQueryLink, name: string): Promise<Dataset | null> {
  const relations: ListedRelation[] = []
  try {
    for await (const { tables = [] } of link.pages({ path: `/datasets/${name}/tables`, answer: zTableList }))
      for (const { tableReference, type = 'TABLE', creationTime = 0 } of tables)
        relations.push({ schema: name, name: tableReference.tableId, type, created: creationTime, shards: null })
  } catch (error) {
    if (isNotFound(error)) return null
    return { name, relations: [], failure: bearable(error) }
  }
  return { name, relations: foldShards(relations).toSorted(byName), failure: undefined }
}

const byName = (left: ListedRelation, right: ListedRelation): number => (left.name < right.name ? -1 : 1)

/** Null for a table that was dropped meanwhile, or that may not be looked at: then its dataset was not read whole. */
async function readRelation(
  link: BigQueryLink,
  relation: ListedRelation,
  { ids, datasets }: { ids: ReadonlyMap<string, string>; datasets: readonly Dataset[] },
): Promise<DiscoveredRelation | null> {
  try {
    const path = tablePath({ schema: relation.schema, name: askedTable(relation) })
    const query = { fields: tableFields, view: 'BASIC' }
    return discoveredRelation(relation, await link.call({ path, query, answer: zTable }), ids)
  } catch (error) {
    if (isNotFound(error)) return null
    const dataset = datasets.find(({ name }) => name === relation.schema)
    const failure = bearable(error)
    if (dataset) dataset.failure ??= failure
    return null
  }
}

/** What concerns one dataset or table only; anything else is thrown again. */
function bearable(error: unknown): ConnectorError {
  if (!(error instanceof ConnectorError) || endsSession(error)) throw error
  return error
}

/** A dataset is never renamed: its name is its identity. */
async function schemaOf(link: BigQueryLink, { name, failure }: Dataset): Promise<CatalogEvent> {
  const comment = failure ? null : await descriptionOf(link, name)
  return { kind: 'schema', schema: { externalId: `n:${name}`, name, comment, complete: failure === undefined } }
}

async function descriptionOf(link: BigQueryLink, dataset: string): Promise<string | null> {
  try {
    const found = await link.call({ path: `/datasets/${dataset}`, query: { fields: 'description' }, answer: zDataset })
    return found.description || null
  } catch (error) {
    bearable(error)
    return null
  }
}
