import type { ConnectionRecord, LineageNode } from '@plumbline/store'
import type { ConnectionKind } from '@plumbline/workflows'
import { z } from 'zod'
import type { DatasetName } from './lineage-openlineage.ts'

const zPostgresPlace = z.object({ host: z.string(), port: z.number() })

/** The namespace that OpenLineage gives what lies behind a connection, by its page about naming. */
const namespaces: Record<ConnectionKind, (settings: unknown) => string> = {
  postgres(settings) {
    const { host, port } = zPostgresPlace.parse(settings)
    return `postgres://${host.includes(':') ? `[${host}]` : host}:${port}`
  },
}

export const datasetName = (
  { kind, settings }: Pick<ConnectionRecord, 'kind' | 'settings'>,
  { database, schema, name }: Pick<LineageNode, 'database' | 'schema' | 'name'>,
): DatasetName => ({
  namespace: namespaces[kind](settings),
  name: [database, schema, name].filter((part) => part !== null).join('.'),
})
