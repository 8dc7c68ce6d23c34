import type { JobType } from '@plumbline/workflows'
import type { KindDefinition } from './kind.ts'
import { bigqueryKind } from './bigquery/kind.ts'
import { postgresKind } from './postgres/kind.ts'
import { snowflakeKind } from './snowflake/kind.ts'

export * from './kind.ts'
export * from './connection-fields.ts'
export { sslModes } from './postgres/settings.ts'

/** Every kind of warehouse, one line each; the folder of a kind has its `kind.ts` and its `connector.ts`. */
const definitions = {
  postgres: postgresKind,
  snowflake: snowflakeKind,
  bigquery: bigqueryKind,
} as const satisfies Record<string, KindDefinition>

export type ConnectionKind = keyof typeof definitions
/** The schemas of a kind, for the types of requests. */
export type DefinitionOf<Kind extends ConnectionKind> = (typeof definitions)[Kind]

export const connectionKinds = Object.keys(definitions).filter(isConnectionKind)

export function isConnectionKind(kind: string): kind is ConnectionKind {
  return Object.hasOwn(definitions, kind)
}

/** The definition behind a kind; widened, so that callers need not know one from another. */
export function connectionKind(kind: ConnectionKind): KindDefinition {
  return definitions[kind]
}

/** Whether jobs of a type can be run on a kind. */
export const supports = (kind: ConnectionKind, type: JobType): boolean => connectionKind(kind).jobTypes.includes(type)
