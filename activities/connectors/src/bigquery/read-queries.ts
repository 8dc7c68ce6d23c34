import type { CollectedQuery, RelationRef } from '../connector.ts'
import { isNotFound } from './driver-error.ts'
import { inParallel, mostCalls } from './in-parallel.ts'
import type { BigQueryLink } from './link.ts'
import { definitionFields, zDefinition } from './resources.ts'
import { isSharded } from './shards.ts'
import { tablePath } from './table-path.ts'

const relationsPerBatch = 100

/**
 * The queries of views and materialized views, by one call each; BigQuery has every name in them with its dataset. Legacy SQL is passed
 * over: it is another language.
 */
export async function* readQueries(
  link: BigQueryLink,
  relations: readonly RelationRef[],
): AsyncGenerator<CollectedQuery[]> {
  const single = relations.filter(({ name }) => !isSharded(name))
  for (let from = 0; from < single.length; from += relationsPerBatch) {
    const batch = single.slice(from, from + relationsPerBatch)
    const queries = await inParallel(batch, mostCalls, (relation) => queryOf(link, relation))
    yield queries.filter((one) => one !== null)
  }
}

/** Null for what is no view, or is gone. */
async function queryOf(link: BigQueryLink, { externalId, schema, name }: RelationRef): Promise<CollectedQuery | null> {
  try {
    const query = { fields: definitionFields, view: 'BASIC' }
    const { view, materializedView } = await link.call({
      path: tablePath({ schema, name }),
      query,
      answer: zDefinition,
    })
    const text = view?.useLegacySql === true ? undefined : (view?.query ?? materializedView?.query)
    return text === undefined ? null : { externalId, kind: 'sql', text }
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}
