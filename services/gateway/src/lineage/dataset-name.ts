import { connectionKind } from '@plumbline/connectors/kinds'
import type { ConnectionRecord, LineageNode } from '@plumbline/store'
import type { DatasetName } from './lineage-openlineage.ts'

export const datasetName = (
  { kind, settings }: Pick<ConnectionRecord, 'kind' | 'settings'>,
  { database, schema, name }: Pick<LineageNode, 'database' | 'schema' | 'name'>,
): DatasetName => ({
  namespace: connectionKind(kind).namespaceOf(settings),
  name: [database, schema, name].filter((part) => part !== null).join('.'),
})
