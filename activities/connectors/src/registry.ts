import type { ConnectionKind } from '@plumbline/workflows'
import type { Connector } from './connector.ts'
import { postgresConnector } from './postgres/postgres-connector.ts'

/** One line a kind; the compiler asks for it as soon as the kind has a name. */
const connectors: Record<ConnectionKind, Connector> = {
  postgres: postgresConnector,
}

export function connectorFor(kind: ConnectionKind): Connector {
  return connectors[kind]
}
