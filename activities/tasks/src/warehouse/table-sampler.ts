import { countRules, type CompiledRule } from '@plumbline/analysis'
import { ConnectorError, type Session } from '@plumbline/connectors'
import type { SelectedRelation } from '@plumbline/store'
import type { ColumnType, Counts, ErrorCode, JobWarning, RelationKind } from '@plumbline/workflows'

/** Reading a view runs its query, which can be anything: only what is stored is sampled. */
const sampledKinds: ReadonlySet<RelationKind> = new Set(['table', 'materialized_view', 'external_table'])

/** The types whose values are checked; the others say what they are, or are too large to read. */
const sampledTypes: ReadonlySet<ColumnType> = new Set(['text', 'integer', 'decimal', 'network', 'geo', 'other'])

/** What of a single table is a warning; anything else is wrong with the whole source. */
const tableErrors: Partial<Record<ErrorCode, { code: string; what: string }>> = {
  'permission-denied': { code: 'no-select', what: 'The role may not read it' },
  'statement-timeout': { code: 'sample-timeout', what: 'Reading a few rows took too long' },
  'lock-timeout': { code: 'sample-locked', what: 'Another session holds a lock on it' },
  'source-failed': { code: 'sample-failed', what: 'Reading a few rows failed' },
}

export type TableSample =
  | { kind: 'read'; evidence: Record<string, Counts> }
  /** Nothing in it has values that are looked at. */
  | { kind: 'nothing' }
  | { kind: 'unreadable'; warning: JobWarning }

/**
 * Reads rows of one table at a time over one session, which is opened when it is needed first and again after an error. The
 * values are counted at once and forgotten.
 */
export function tableSampler(openSession: () => Promise<Session>, rows: number, rules: readonly CompiledRule[] = []) {
  let session: Session | undefined

  const close = async (): Promise<void> => {
    await session?.close().catch(() => undefined)
    session = undefined
  }

  const sample = async (relation: SelectedRelation): Promise<TableSample> => {
    const columns = sampledKinds.has(relation.kind)
      ? relation.document.columns.filter((column) => sampledTypes.has(column.type)).map((column) => column.name)
      : []
    if (columns.length === 0) return { kind: 'nothing' }
    // Dictionaries and numbering plans take 50 MB: they come with the first table whose values are read, in workers that read any.
    const { countChecks } = await import('@plumbline/analysis/values')
    try {
      session ??= await openSession()
      const values = await session.sample({ schema: relation.schema, table: relation.name, columns, rows })
      const evidence = columns.map((column, index) => {
        const read = values[index] ?? []
        return [column, { ...countChecks(read), ...countRules(read, rules) }] as const
      })
      return { kind: 'read', evidence: Object.fromEntries(evidence) }
    } catch (error) {
      const warning = warningOf(error, relation)
      // An open that fails concerns every table: only what a table itself refuses is passed over.
      if (!warning || !session) throw error
      await close()
      return { kind: 'unreadable', warning }
    }
  }

  return { sample, close }
}

/** The message of the source is left out: some quote the value that they stumbled over. */
function warningOf(error: unknown, relation: SelectedRelation): JobWarning | undefined {
  const known = error instanceof ConnectorError ? tableErrors[error.code] : undefined
  if (!known) return undefined
  const object = relation.qualifiedName
  return { code: known.code, object, message: `${object} is judged by names only. ${known.what}` }
}
