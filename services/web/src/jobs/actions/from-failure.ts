import { sameForFinished, type ActionDecision } from '@plumbline/workflows'
import { givenConfig, type Config } from '../config/config-form-state.ts'
import type { JobDetail, JobStep } from '@plumbline/api'

const finishedSteps = ({ steps }: Pick<JobDetail, 'steps'>): JobStep[] =>
  steps.filter(({ status }) => status === 'completed')

/** The labels of the steps that a retry from the failure takes over. */
export const takenOverLabels = (job: Pick<JobDetail, 'steps'>): string[] => finishedSteps(job).map(({ label }) => label)

/** Whether a retry from the failure is possible with these options: the server's decision, and its second rule about changed ones. */
export function fromFailureDecision(
  job: Pick<JobDetail, 'type' | 'actions' | 'steps' | 'config'>,
  edited: Config,
): ActionDecision {
  const decision = job.actions.retryFromFailure
  if (!decision.allowed) return decision
  const finished = new Set(finishedSteps(job).map(({ name }) => name))
  return sameForFinished(job.type, finished, {
    before: givenConfig(job.type, job.config),
    after: givenConfig(job.type, edited),
  })
}
