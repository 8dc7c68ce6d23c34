import type {
  ColumnDocument,
  DiscoveredRelation,
  KeyDocument,
  RelationDocument,
  RelationKind,
} from '@plumbline/workflows'
import { fingerprintOf, relationKey } from '../source-fingerprint.ts'
import { columnTypeOf, nativeTypeOf } from './column-type.ts'
import { quoteIdentifier, quoteName } from './quote.ts'
import type { FieldResource, TableReference, TableResource } from './resources.ts'
import type { ListedRelation } from './shards.ts'

const kinds: Readonly<Record<string, RelationKind>> = {
  EXTERNAL: 'external_table',
  MATERIALIZED_VIEW: 'materialized_view',
  MATERIALIZED_VIEW_REPLICA: 'materialized_view',
  VIEW: 'view',
}

/** Snapshots and clones hold rows as tables do. */
export const relationKindOf = ({ type }: { type: string }): RelationKind => kinds[type] ?? 'table'

/** Counts up when the same answer makes another document. */
const readingVersion = 2

/** @param ids identities of all relations of the project, by `relationKey` */
export function discoveredRelation(
  relation: ListedRelation,
  table: TableResource,
  ids: ReadonlyMap<string, string>,
): DiscoveredRelation {
  const { schema, name } = relation
  const kind = relationKindOf(relation)
  const document: RelationDocument = {
    columns: (table.schema?.fields ?? []).map(columnOf),
    keys: keysOf(table, ids),
    indexes: [],
    definition: table.view?.query ?? table.materializedView?.query ?? null,
    comment: table.description || null,
    partitionOf: null,
    partition: partitionOf(relation, table),
  }
  return {
    externalId: ids.get(relationKey(relation)) ?? relationKey(relation),
    schema,
    name,
    kind,
    document,
    sourceFingerprint: fingerprintOf(readingVersion, relation, { kind, document }),
    // Who may read rows is told by nothing that is asked here: it shows when they are read.
    readable: true,
  }
}

const columnOf = (field: FieldResource, index: number): ColumnDocument => ({
  // BigQuery shows no identity of a column: a renamed one is another.
  id: field.name,
  name: field.name,
  position: index + 1,
  type: columnTypeOf(field),
  nativeType: nativeTypeOf(field),
  nullable: field.mode !== 'REQUIRED',
  default: field.defaultValueExpression ?? null,
  identity: null,
  generated: null,
  comment: field.description || null,
})

/** Declared, and enforced by nobody. */
function keysOf({ tableConstraints }: TableResource, ids: ReadonlyMap<string, string>): KeyDocument[] {
  const { primaryKey, foreignKeys = [] } = tableConstraints ?? {}
  const keys: KeyDocument[] = foreignKeys.map(({ name, referencedTable, columnReferences }, index) => {
    const columns = columnReferences.map(({ referencingColumn }) => referencingColumn)
    const others = columnReferences.map(({ referencedColumn }) => referencedColumn)
    const { projectId, datasetId, tableId } = referencedTable
    const place = quoteName(projectId, datasetId, tableId)
    return {
      kind: 'foreign',
      name: name ?? `fk$${index + 1}`,
      columns,
      definition: `FOREIGN KEY (${listed(columns)}) REFERENCES ${place} (${listed(others)}) NOT ENFORCED`,
      references: referenceOf(referencedTable, others, ids),
    }
  })
  if (primaryKey === undefined) return keys
  const { columns } = primaryKey
  const definition = `PRIMARY KEY (${listed(columns)}) NOT ENFORCED`
  return [{ kind: 'primary', name: 'pk$', columns, definition, references: null }, ...keys]
}

/** Null for a table that is not looked at, as one of another project. */
function referenceOf(
  { datasetId, tableId }: TableReference,
  columns: string[],
  ids: ReadonlyMap<string, string>,
): KeyDocument['references'] {
  const externalId = ids.get(relationKey({ schema: datasetId, name: tableId }))
  return externalId === undefined ? null : { externalId, columns }
}

const listed = (names: readonly string[]): string => names.map(quoteIdentifier).join(', ')

/** As `PARTITION BY` and `CLUSTER BY` say it, in short; of shards how they are cut. */
function partitionOf(
  { shards }: ListedRelation,
  { timePartitioning, rangePartitioning, clustering, requirePartitionFilter }: TableResource,
): string | null {
  const { start, end, interval } = rangePartitioning?.range ?? {}
  const parts = [
    shards && 'SHARDED BY DAY',
    timePartitioning && `${timePartitioning.type ?? 'DAY'} (${timePartitioning.field ?? '_PARTITIONTIME'})`,
    rangePartitioning && `RANGE (${[rangePartitioning.field, start, end, interval].filter(Boolean).join(', ')})`,
    clustering && `CLUSTER BY ${clustering.fields.join(', ')}`,
    requirePartitionFilter && 'FILTER REQUIRED',
  ]
  return parts.filter(Boolean).join(' ') || null
}
