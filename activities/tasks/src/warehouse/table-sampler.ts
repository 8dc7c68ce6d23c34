import { ConnectorError, type Session } from '@plumbline/connectors'
import type { SelectedRelation } from '@plumbline/store'
import type { ColumnType, ErrorCode, JobWarning, RelationKind } from '@plumbline/workflows'

/** Reading a view runs its query, which can be anything: only what is stored is sampled. */
const sampledKinds: ReadonlySet<RelationKind> = new Set(['table', 'materialized_view', 'external_table'])

/** What of a single table is a warning; anything else is wrong with the whole source. */
const tableErrors: Partial<Record<ErrorCode, { code: string; what: string }>> = {
  'permission-denied': { code: 'no-select', what: 'The role may not read it' },
  'statement-timeout': { code: 'sample-timeout', what: 'Reading a few rows took too long' },
  'lock-timeout': { code: 'sample-locked', what: 'Another session holds a lock on it' },
  'source-failed': { code: 'sample-failed', what: 'Reading a few rows failed' },
}

/** The values of a column that were read. */
export interface ColumnValues {
  column: string
  values: readonly string[]
}

/** What is looked for in the values. */
export interface SampleLook<Found> {
  rows: number
  /** The types whose values are read. */
  types: ReadonlySet<ColumnType>
  /** Makes of the values of each column what is kept of them: all else is forgotten. */
  read(relation: SelectedRelation, values: readonly ColumnValues[]): Promise<Found>
  /** What becomes of a table that cannot be read: `is judged by names only`. */
  without: string
}

export type TableSample<Found> =
  | { kind: 'read'; found: Found }
  /** Nothing in it has values that are looked at. */
  | { kind: 'nothing' }
  | { kind: 'unreadable'; warning: JobWarning }

/**
 * Reads rows of one table at a time over one session, which is opened when it is needed first and again after an error. The
 * values are looked at once and forgotten.
 */
export function tableSampler<Found>(openSession: () => Promise<Session>, look: SampleLook<Found>) {
  let session: Session | undefined

  const close = async (): Promise<void> => {
    await session?.close().catch(() => undefined)
    session = undefined
  }

  const sample = async (relation: SelectedRelation): Promise<TableSample<Found>> => {
    const columns = sampledKinds.has(relation.kind)
      ? relation.document.columns.filter((column) => look.types.has(column.type)).map((column) => column.name)
      : []
    if (columns.length === 0) return { kind: 'nothing' }
    try {
      session ??= await openSession()
      const { rows } = look
      const read = await session.sample({ schema: relation.schema, table: relation.name, columns, rows })
      const values = columns.map((column, index) => ({ column, values: read[index] ?? [] }))
      return { kind: 'read', found: await look.read(relation, values) }
    } catch (error) {
      const warning = warningOf(error, relation, look.without)
      // An open that fails concerns every table: only what a table itself refuses is passed over.
      if (!warning || !session) throw error
      await close()
      return { kind: 'unreadable', warning }
    }
  }

  return { sample, close }
}

/** The message of the source is left out: some quote the value that they stumbled over. */
function warningOf(error: unknown, relation: SelectedRelation, without: string): JobWarning | undefined {
  const known = error instanceof ConnectorError ? tableErrors[error.code] : undefined
  if (!known) return undefined
  const object = relation.qualifiedName
  return { code: known.code, object, message: `${object} ${without}. ${known.what}` }
}
