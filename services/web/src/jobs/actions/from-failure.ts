import { jobDefinition, type ActionDecision } from '@plumbline/workflows'
import type { JobDetail } from '@plumbline/api'

type Config = Record<string, unknown>

/** The labels of the steps that a retry from the failure takes over. */
export const finishedSteps = ({ steps }: Pick<JobDetail, 'steps'>): string[] =>
  steps.filter(({ status }) => status === 'completed').map(({ label }) => label)

/**
 * Whether a retry from the failure is possible with this configuration: the server's decision, and its second rule that a
 * field which a finished step used may not change. Null stands for a text that is no configuration yet.
 */
export function fromFailureDecision(
  job: Pick<JobDetail, 'type' | 'actions' | 'steps' | 'config'>,
  edited: Config | null,
): ActionDecision {
  const decision = job.actions.retryFromFailure
  if (!decision.allowed || edited === null) return decision
  const finished = new Set(job.steps.filter(({ status }) => status === 'completed').map(({ name }) => name))
  for (const { name, label, uses } of jobDefinition(job.type).steps) {
    const changed = finished.has(name) && uses.find((field) => !sameValue(edited[field], job.config[field]))
    if (changed) return { allowed: false, reason: `You changed ${changed}, which its finished step “${label}” used` }
  }
  return { allowed: true }
}

/** Configurations are JSON; what is left out is as good as undefined. */
function sameValue(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other)
}

const canonical = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
