import type {
  NewestRequest,
  ReadZone,
  SourceMoment,
  TableMemory,
  TableObservation,
  TimeColumn,
} from '@plumbline/workflows'
import { chooseColumn, type ColumnRole } from './choose-column.ts'
import { changeSince } from './change-since.ts'
import { isReadOtherwise, readByOf } from './read-by.ts'

export interface ReadOptions {
  reads: 'changed' | 'always' | 'never'
  /** The column that a person chose; null: none did. */
  chosen: string | null
  preferred: readonly string[]
  /** What a person said that times without one are in; null: nobody did, and they are read as the source does. */
  timezone: string | null
}

export type ReadPlan =
  /** `zone` is null for a column whose values name a moment by themselves. */
  | { kind: 'read'; request: NewestRequest; role: ColumnRole; zone: ReadZone | null }
  /** Its counters did not move and it is read by the same as before, nothing in it tells a time, or no bounded read is possible. */
  | { kind: 'none' }
  /** It would be read, but the role may not. */
  | { kind: 'refused' }

/**
 * How the newest rows of a table are looked at, if at all. A column of changes with an index is the best there is; commit
 * timestamps are next, then a column of anything with an index. Without either only the last pages are read.
 * Rows that did not change are read again where a person chose another column or time zone since.
 */
export function planRead(
  observation: TableObservation,
  before: TableMemory | null,
  moment: SourceMoment,
  options: ReadOptions,
): ReadPlan {
  if (observation.storage !== 'table' || options.reads === 'never') return { kind: 'none' }
  const column = chooseColumn(observation.columns, options)
  const tellsChanges = column?.role === 'chosen' || column?.role === 'modified'
  const byIndex = column?.indexed === true && (tellsChanges || !moment.commitTimestamps || !moment.tailReads)
  if (!byIndex && !(moment.tailReads && (column || moment.commitTimestamps))) return { kind: 'none' }
  const said = { name: options.timezone ?? moment.timezone, assumed: options.timezone === null }
  const zone = column && column.type !== 'timestamptz' ? said : null
  const role = column?.role ?? 'event'
  const { externalId, identity, schema, name, readable } = observation
  if (options.reads === 'changed' && changeSince(before, observation)?.kind === 'unchanged') {
    const readAgain = readable && isReadOtherwise(before, readByOf(column?.name ?? null, role, zone))
    if (!readAgain) return { kind: 'none' }
  }
  if (!readable) return { kind: 'refused' }
  return {
    kind: 'read',
    role,
    zone,
    request: {
      externalId,
      ...(identity !== undefined && { identity }),
      schema,
      name,
      column: column ? asked(column) : null,
      by: byIndex ? 'index' : 'tail',
      commitTimestamps: !byIndex && moment.commitTimestamps,
      timezone: said.name,
    },
  }
}

const asked = ({ name, type, oddNulls }: TimeColumn): NewestRequest['column'] => ({
  name,
  type,
  ...(oddNulls && { oddNulls }),
})
