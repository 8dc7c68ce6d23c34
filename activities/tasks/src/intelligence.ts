import type { Database, JobLedger } from '@plumbline/store'
import type { IntelligenceActivities } from '@plumbline/workflows'
import { inStep } from './in-step.ts'
import { describeTables } from './intelligence/describe-tables.ts'
import { rulesWriter } from './intelligence/writer.ts'

/** Everything that talks to a language model; without one, what is written goes by rules. */
export function createIntelligenceActivities(deps: { db: Database; ledger: JobLedger }): IntelligenceActivities {
  return {
    describeTables: (ref) =>
      inStep(deps.ledger, ref, 'describe', async (context) => {
        const described = await describeTables(deps, context, rulesWriter)
        const { model, promptVersion } = rulesWriter
        return { ...described, model, promptVersion, calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 }
      }),
  }
}
