import type { DiscoveredRelation } from '@plumbline/workflows'
import type { CatalogEvent } from '../connector.ts'
import { CatalogCursor } from './catalog-cursor.ts'
import { catalogQueries, type QueryScope } from './catalog-queries.ts'
import {
  discoveredRelation,
  type ColumnRow,
  type ConstraintRow,
  type IndexRow,
  type RelationRow,
} from './catalog-rows.ts'
import type { PostgresLink } from './link.ts'

export const relationsPerBatch = 250
const pageSize = { relations: 250, columns: 4_000, constraints: 2_000, indexes: 2_000 }
/** Up to so many are asked for by their oids; of more, all of the scope is read, and what is not wanted passed over. */
const mostByOid = 1_000

/**
 * All that is known of some relations, from the four statements side by side.
 * @param wanted their source fingerprints by oid
 * @param delivered is added to as they are told
 */
export async function* readDetails(
  link: PostgresLink,
  scope: QueryScope,
  wanted: ReadonlyMap<number, string>,
  delivered: Set<number>,
): AsyncGenerator<CatalogEvent> {
  if (wanted.size === 0) return
  const queries = catalogQueries(wanted.size <= mostByOid ? { only: [...wanted.keys()] } : scope)
  const declare = <Row extends { relation: number }>(name: keyof typeof queries) =>
    CatalogCursor.declare<Row>(link, `plumbline_${name}`, queries[name], pageSize[name])
  const relations = await declare<RelationRow>('relations')
  const columns = await declare<ColumnRow>('columns')
  const constraints = await declare<ConstraintRow>('constraints')
  const indexes = await declare<IndexRow>('indexes')

  let batch: DiscoveredRelation[] = []
  let oids: number[] = []
  for (let row = await relations.next(); row !== undefined; row = await relations.next()) {
    const fingerprint = wanted.get(row.relation)
    if (fingerprint === undefined) continue
    const relation = discoveredRelation({
      relation: row,
      columns: await columns.rowsOf(row.relation),
      constraints: await constraints.rowsOf(row.relation),
      indexes: await indexes.rowsOf(row.relation),
      sourceFingerprint: fingerprint,
    })
    oids.push(row.relation)
    if (relation !== null) batch.push(relation)
    if (batch.length < relationsPerBatch) continue
    yield { kind: 'relations', relations: batch }
    for (const oid of oids) delivered.add(oid)
    batch = []
    oids = []
  }
  if (batch.length > 0) yield { kind: 'relations', relations: batch }
  for (const oid of oids) delivered.add(oid)
}
