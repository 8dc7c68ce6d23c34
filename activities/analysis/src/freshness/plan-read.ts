import type { NewestRequest, SourceMoment, TableObservation, TimeColumn } from '@plumbline/workflows'
import { chooseColumn, type ColumnRole } from './choose-column.ts'
import type { CounterChange } from './counter-change.ts'

export interface ReadOptions {
  reads: 'changed' | 'always' | 'never'
  /** The column that a person chose; null: none did. */
  chosen: string | null
  preferred: readonly string[]
  /** What a person said that times without one are in; null: nobody did, and they are read as the source does. */
  timezone: string | null
}

/** What times without a time zone were read in, and whether anybody said so. */
export interface ReadZone {
  name: string
  assumed: boolean
}

export type ReadPlan =
  /** `zone` is null for a column whose values name a moment by themselves. */
  | { kind: 'read'; request: NewestRequest; role: ColumnRole; zone: ReadZone | null }
  /** Its counters did not move, nothing in it tells a time, or no bounded read is possible. */
  | { kind: 'none' }
  /** It would be read, but the role may not. */
  | { kind: 'refused' }

/**
 * How the newest rows of a table are looked at, if at all. A column of changes with an index is the best there is; commit
 * timestamps are next, then a column of anything with an index. Without either only the last pages are read.
 */
export function planRead(
  observation: TableObservation,
  change: CounterChange | undefined,
  moment: SourceMoment,
  options: ReadOptions,
): ReadPlan {
  if (observation.storage !== 'table' || options.reads === 'never') return { kind: 'none' }
  if (options.reads === 'changed' && change?.kind === 'unchanged') return { kind: 'none' }
  const column = chooseColumn(observation.columns, options)
  const tellsChanges = column?.role === 'chosen' || column?.role === 'modified'
  const byIndex = column?.indexed === true && (tellsChanges || !moment.commitTimestamps || !moment.tailReads)
  if (!byIndex && !(moment.tailReads && (column || moment.commitTimestamps))) return { kind: 'none' }
  if (!observation.readable) return { kind: 'refused' }
  const { externalId, identity, schema, name } = observation
  const zone = { name: options.timezone ?? moment.timezone, assumed: options.timezone === null }
  return {
    kind: 'read',
    role: column?.role ?? 'event',
    zone: column && column.type !== 'timestamptz' ? zone : null,
    request: {
      externalId,
      ...(identity !== undefined && { identity }),
      schema,
      name,
      column: column ? readable(column) : null,
      by: byIndex ? 'index' : 'tail',
      commitTimestamps: !byIndex && moment.commitTimestamps,
      timezone: zone.name,
    },
  }
}

const readable = ({ name, type, oddNulls }: TimeColumn): NewestRequest['column'] => ({
  name,
  type,
  ...(oddNulls && { oddNulls }),
})
