import type { Connector } from './connector.ts'
import type { ConnectionKind } from './kinds.ts'

/**
 * The connector of a kind: the `connector` of `connector.ts` in its folder. Loaded when it is asked for first, so that the driver of a
 * warehouse that nobody has costs neither start time nor memory.
 */
export async function connectorFor(kind: ConnectionKind): Promise<Connector> {
  const loaded: unknown = await import(`./${kind}/connector.ts`)
  if (!hasConnector(loaded)) throw new TypeError(`${kind}/connector.ts exports no connector`)
  return loaded.connector
}

const hasConnector = (loaded: unknown): loaded is { connector: Connector } =>
  typeof loaded === 'object' && loaded !== null && 'connector' in loaded
