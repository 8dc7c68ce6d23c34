import type { ModelSettings } from '@plumbline/models'
import { questionUsage, type Database, type JobLedger } from '@plumbline/store'
import { intelligenceAnalysis, type IntelligenceActivities } from '@plumbline/workflows'
import { inStep, type StepContext } from './in-step.ts'
import { budgetOf } from './intelligence/budget.ts'
import { describeTables } from './intelligence/describe-tables.ts'
import type { Model } from './intelligence/model.ts'
import { modelWriter } from './intelligence/model-writer.ts'
import { paceOf, type Pace } from './intelligence/pace.ts'
import { rulesWriter, type Writer } from './intelligence/writer.ts'

export interface IntelligenceDeps {
  db: Database
  ledger: JobLedger
  /** Undefined: none is set up, and what is written goes by rules. */
  model: { settings: ModelSettings; open(settings: ModelSettings): Promise<Model> } | undefined
}

/** Everything that talks to a language model. The limits towards it are those of the worker, over all of its jobs. */
export function createIntelligenceActivities(deps: IntelligenceDeps): IntelligenceActivities {
  const pace = paceOf(deps.model?.settings ?? { concurrency: 1, requestsPerMinute: 0 })
  return {
    describeTables: (ref) =>
      inStep(deps.ledger, ref, 'describe', async (context) => {
        const writer = await writerOf(deps, context, pace)
        const described = await describeTables(deps, context, writer)
        const usage = await questionUsage(deps.db, ref.jobId)
        return { ...described, model: writer.model, promptVersion: writer.promptVersion, ...usage }
      }),
  }
}

async function writerOf({ db, model: chosen }: IntelligenceDeps, context: StepContext, pace: Pace): Promise<Writer> {
  if (!chosen) return rulesWriter
  const { job, lease, signal } = context
  const { settings } = chosen
  const apiKey = settings.apiKey()
  if (apiKey !== undefined) context.hide([apiKey])
  const model = await chosen.open(settings)
  const { maxTokens, maxCostCents } = intelligenceAnalysis.config.parse(job.config)
  const limits = { maxTokens, maxCostMicros: maxCostCents * 10_000 }
  const budget = budgetOf(limits, await questionUsage(db, job.jobId))
  context.log('info', `Asks ${model.id}, ${settings.concurrency} at once`, { model: model.id, ...limits })
  return modelWriter({ db, lease, signal, model, settings, pace, budget }, job.organizationId)
}
