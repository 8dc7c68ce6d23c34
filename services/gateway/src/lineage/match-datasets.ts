import {
  listConnections,
  relationsNamed,
  type CatalogRelation,
  type ConnectionRecord,
  type Database,
  type LookedUpName,
} from '@plumbline/store'

export interface Dataset {
  namespace: string
  name: string
}

export interface MatchedDataset extends CatalogRelation {
  connectionId: string
}

const usualPort = 5432
/** An organization has some dozens. */
const mostConnections = 1_000

/**
 * Finds the relations that datasets of events are: a namespace is `postgres://host:port`, as OpenLineage names a server, or the name of
 * the connection; a name is `database.schema.table`, or `schema.table` of the connection's database. Where several connections reach it,
 * the one whose name comes first.
 */
export async function matchDatasets(
  db: Database,
  organizationId: string,
  datasets: readonly Dataset[],
): Promise<(dataset: Dataset) => MatchedDataset | undefined> {
  const connections = await listConnections(db, organizationId, { after: undefined, limit: mostConnections })
  const matched = new Map<string, MatchedDataset>()
  for (const connection of connections) {
    const named = datasets.flatMap((dataset) => {
      const name = matched.has(keyOf(dataset)) ? null : nameWithin(connection, dataset)
      return name ? [{ dataset, name }] : []
    })
    const names = new Map(named.map(({ name }) => [JSON.stringify(name), name]))
    const found = await relationsNamed(db, connection.id, [...names.values()])
    for (const { dataset, name } of named) {
      const relation = found.find((one) => one.schema === name.schema && one.name === name.name)
      if (relation) matched.set(keyOf(dataset), { ...relation, connectionId: connection.id })
    }
  }
  return (dataset) => matched.get(keyOf(dataset))
}

const keyOf = ({ namespace, name }: Dataset): string => JSON.stringify([namespace, name])

function nameWithin({ name: connectionName, settings }: ConnectionRecord, dataset: Dataset): LookedUpName | null {
  if (dataset.namespace !== connectionName && !isServer(settings, dataset.namespace)) return null
  const parts = dataset.name.split('.')
  const [name, schema, database] = parts.toReversed()
  if (parts.length > 3 || name === undefined || schema === undefined) return null
  return database === undefined || database === settings['database'] ? { schema, name } : null
}

function isServer(settings: Record<string, unknown>, namespace: string): boolean {
  if (!URL.canParse(namespace)) return false
  const { protocol, hostname, port } = new URL(namespace)
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') return false
  const isPort = Number(port === '' ? usualPort : port) === (settings['port'] ?? usualPort)
  return isPort && hostname.toLowerCase() === String(settings['host']).toLowerCase()
}
