import type { TableMemory, TableObservation } from '@plumbline/workflows'
import { isAltered } from './altered-update.ts'
import { counterChange, type CounterChange } from './counter-change.ts'

/** What the counters say since the check before, or when it was altered; undefined when there is nothing to compare. */
export function changeSince(before: TableMemory | null, observation: TableObservation): CounterChange | undefined {
  const { altered } = observation
  if (altered && before?.altered) return isAltered(before, altered) ? undefined : { kind: 'unchanged', evidence: [] }
  if (before && isCreatedAgain(before, observation)) return createdAgain
  if (!before?.counters || !observation.counters) return undefined
  return counterChange(before.counters, observation.counters)
}

/** Not of a source that says when a table was altered: creating it is told by that. */
const isCreatedAgain = (before: TableMemory, { externalId, identity, altered }: TableObservation): boolean =>
  altered === undefined && (before.identity ?? externalId) !== (identity ?? externalId)

/** As sure as what is emptied: that it holds other rows than before is likely, and no counter of the old one says it. */
const createdAgain: CounterChange = {
  kind: 'changed',
  method: 'storage',
  confidence: 0.8,
  evidence: ['The table was created again since the check before: its rows are new'],
}
