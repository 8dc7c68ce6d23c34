import { roleDecision } from '../../api/me.ts'
import type { Job, Role } from '@plumbline/api'
import type { ActionDecision, JobAction } from '@plumbline/workflows'

/** What may be done with a job and why not: first by who asks, then by the server's rule. */
export function jobDecisions(job: Pick<Job, 'actions'>, role: Role | undefined): Record<JobAction, ActionDecision> {
  const may = roleDecision(role, 'operator')
  return may.allowed ? job.actions : { cancel: may, terminate: may, retry: may, retryFromFailure: may }
}

/** The reason of a refusal, or null when it is allowed. */
export const refusal = (decision: ActionDecision): string | null => (decision.allowed ? null : decision.reason)
