import { counted } from '../counted.ts'
import { intelligence, ledger, warehouse } from '../proxies.ts'
import { runJob, type JobInput, type JobResult } from '../run-job.ts'
import type { ConfigOf, StepNameOf } from '../job-definition.ts'
import type { DescribedTables } from '../ports.ts'
import type { intelligenceAnalysis as definition } from './definition.ts'

export async function intelligenceAnalysis(input: JobInput<ConfigOf<typeof definition>>): Promise<JobResult> {
  return runJob<StepNameOf<typeof definition>>(input, async (job) => {
    const { ref } = job
    const { tables } = await job.step('select', () => ledger.selectForDocumentation(ref))
    const { unreadable } = await job.step('sample', () => warehouse.profileValues(ref))
    const described = await job.step('describe', () => intelligence.describeTables(ref))
    const { texts } = await job.step('store', () => ledger.storeDocumentation(ref))
    const { described: documented, unchanged, left, calls, inputTokens, outputTokens, costMicros } = described
    return {
      message: messageOf(tables, described),
      counts: {
        tables,
        unreadable,
        documented,
        unchanged,
        left,
        texts,
        calls,
        inputTokens,
        outputTokens,
        costMicroUsd: costMicros,
      },
    }
  })
}

function messageOf(tables: number, { described, unchanged, left, ...by }: DescribedTables): string {
  const rest = [
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
    ...(left > 0 ? [`${left} could not be described`] : []),
  ]
  const what = [`${described} of ${counted(tables, 'table')} documented`, ...rest].join(', ')
  if (by.model === null) return `${what}, by rules: no model is set up`
  const tokens = by.inputTokens + by.outputTokens
  return `${what}, by ${by.model} (prompt ${by.promptVersion}): ${tokens} tokens, $${(by.costMicros / 1e6).toFixed(4)}`
}
