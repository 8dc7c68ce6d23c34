import type { DefinedOutcome, MeasuredValue } from '@plumbline/store'
import type { JobWarning } from '@plumbline/workflows'
import type { DefinedOn } from './measure-table.ts'

/** What was measured of a table, as far as it tells of what is defined on it. */
export interface Told {
  values: readonly MeasuredValue[]
  /** By definition, why it could not be measured. */
  failures: ReadonlyMap<string, JobWarning>
}

/** What measuring came to for each metric that is defined on a table; one that was not tried is left out. */
export function outcomesOf(
  defined: readonly DefinedOn[],
  { values, failures }: Told,
  { at, jobId }: { at: string; jobId: string },
): DefinedOutcome[] {
  return defined.flatMap(({ id, revision }): DefinedOutcome[] => {
    const measured = { at, jobId, revision }
    const failure = failures.get(id)
    if (failure) {
      const { code, message } = failure
      return [{ definitionId: id, outcome: { ...measured, ok: false, code, message } }]
    }
    const own = values.filter(({ definition }) => definition?.id === id)
    const [first] = own
    if (!first) return []
    const only = own.length === 1 && first.group === null
    const came = only ? { value: first.value, groups: null } : { value: null, groups: own.length }
    return [{ definitionId: id, outcome: { ...measured, ok: true, ...came } }]
  })
}

/** All of them for one reason: their table is gone, locked, or left out. */
export const failuresOf = (defined: readonly DefinedOn[], why: JobWarning): Map<string, JobWarning> =>
  new Map(defined.map(({ id }) => [id, why]))
