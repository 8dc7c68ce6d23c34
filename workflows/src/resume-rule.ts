import { configFields } from './config-fields.ts'
import type { ActionDecision } from './job-status.ts'
import { jobDefinition, type JobType } from './registry.ts'

type Config = Readonly<Record<string, unknown>>

/**
 * The second rule of a retry from the failure, for server and page: an option that a finished step used may not change, because
 * what the step found would be of another question. Options are flat (`config-fields.ts`), so their JSON tells them apart.
 */
export function sameForFinished(
  type: JobType,
  finished: ReadonlySet<string>,
  { before, after }: { before: Config; after: Config },
): ActionDecision {
  for (const { name, label, uses } of jobDefinition(type).steps) {
    const changed = finished.has(name) && uses.find((field) => !isSame(before[field], after[field]))
    if (changed)
      return {
        allowed: false,
        reason: `${titleOf(type, changed)} was changed, which its finished step “${label}” used: retry it from the start`,
      }
  }
  return { allowed: true }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const titleOf = (type: JobType, name: string): string => {
  const field = configFields(type).find((candidate) => candidate.name === name)
  return field === undefined ? name : `“${field.title}”`
}
