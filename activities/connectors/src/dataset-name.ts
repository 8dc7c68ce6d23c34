import { connectionKind, type ConnectionKind, type Settings } from './kinds.ts'

/** How OpenLineage names a relation: where its connection leads, and its names from the database down. */
export const datasetName = (
  { kind, settings }: { kind: ConnectionKind; settings: Settings },
  { database, schema, name }: { database: string; schema: string | null; name: string },
): { namespace: string; name: string } => ({
  namespace: connectionKind(kind).namespaceOf(settings),
  name: [database, schema, name].filter((part) => part !== null).join('.'),
})
