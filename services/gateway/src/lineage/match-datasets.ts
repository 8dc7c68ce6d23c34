import { connectionKind, connectionKinds } from '@plumbline/connectors/kinds'
import {
  listConnections,
  relationsNamed,
  type ConnectionRecord,
  type Database,
  type LookedUpName,
} from '@plumbline/store'

export interface Dataset {
  namespace: string
  name: string
}

/** The relation that a dataset is. */
export interface MatchedDataset {
  assetId: string
  connectionId: string
  columns: ReadonlySet<string>
}

/** A dataset, and its name within one connection. */
interface Asked {
  dataset: Dataset
  name: LookedUpName
}

/** An organization has some dozens. */
const mostConnections = 1_000

/**
 * Finds the relations that datasets of events are: a namespace is the one that OpenLineage gives the server (`postgres://host:port`), or the name
 * of the connection; a name is `database.schema.table`, or `schema.table` of the connection's database. Where several connections reach it,
 * the one whose name comes first.
 *
 * @param datasets of which none is there twice
 */
export async function matchDatasets(
  db: Database,
  organizationId: string,
  datasets: readonly Dataset[],
): Promise<(dataset: Dataset) => MatchedDataset | undefined> {
  const connections = await listConnections(db, organizationId, { after: undefined, limit: mostConnections })
  const askedOf = askedByConnection(connections, datasets)
  const matched = new Map<string, MatchedDataset>()
  for (const { id: connectionId } of connections) {
    const asked = (askedOf.get(connectionId) ?? []).filter(({ dataset }) => !matched.has(datasetKey(dataset)))
    const found = await relationsNamed(db, connectionId, distinctNames(asked))
    const relations = new Map(found.map((relation) => [nameKey(relation), relation]))
    for (const { dataset, name } of asked) {
      const relation = relations.get(nameKey(name))
      if (!relation) continue
      const { assetId, columns } = relation
      matched.set(datasetKey(dataset), { assetId, connectionId, columns: new Set(columns) })
    }
  }
  return (dataset) => matched.get(datasetKey(dataset))
}

/** The same for a dataset wherever it is named. */
export const datasetKey = ({ namespace, name }: Dataset): string => JSON.stringify([namespace, name])
const nameKey = ({ schema, name }: LookedUpName): string => JSON.stringify([schema, name])

const distinctNames = (asked: readonly Asked[]): LookedUpName[] => [
  ...new Map(asked.map(({ name }) => [nameKey(name), name])).values(),
]

function askedByConnection(
  connections: readonly ConnectionRecord[],
  datasets: readonly Dataset[],
): Map<string, Asked[]> {
  const byName = Map.groupBy(connections, ({ name }) => name)
  const byServer = Map.groupBy(connections, ({ kind, settings }) => connectionKind(kind).namespaceOf(settings))
  const asked = datasets.flatMap((dataset) => {
    const reaching = [
      ...(byName.get(dataset.namespace) ?? []),
      ...spellings(dataset.namespace).flatMap((namespace) => byServer.get(namespace) ?? []),
    ]
    return [...new Set(reaching)].flatMap((connection) => {
      const name = nameWithin(connection, dataset)
      return name ? [{ connectionId: connection.id, dataset, name }] : []
    })
  })
  return Map.groupBy(asked, ({ connectionId }) => connectionId)
}

/** A namespace as each kind that knows it spells it. */
const spellings = (namespace: string): string[] =>
  connectionKinds.flatMap((kind) => connectionKind(kind).readNamespace(namespace) ?? [])

function nameWithin({ kind, settings }: ConnectionRecord, dataset: Dataset): LookedUpName | null {
  const parts = dataset.name.split('.')
  const [name, schema, database] = parts.toReversed()
  if (parts.length > 3 || name === undefined || schema === undefined) return null
  return database === undefined || database === connectionKind(kind).databaseOf(settings) ? { schema, name } : null
}
