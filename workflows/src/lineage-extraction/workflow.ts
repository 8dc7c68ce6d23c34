import { counted } from '../counted.ts'
import { analysis, ledger, warehouse } from '../proxies.ts'
import { runJob, type JobInput, type JobResult } from '../run-job.ts'
import type { ConfigOf, StepNameOf } from '../job-definition.ts'
import type { lineageExtraction as definition } from './definition.ts'

export async function lineageExtraction(input: JobInput<ConfigOf<typeof definition>>): Promise<JobResult> {
  return runJob<StepNameOf<typeof definition>>(input, async (job) => {
    const { ref } = job
    const { relations, statements } = await job.step('collect', () => warehouse.collectSql(ref))
    const { failed } = await job.step('parse', () => analysis.parseLineage(ref))
    const { unresolved, selfLoops } = await job.step('resolve', () => analysis.resolveLineage(ref))
    const { edges, added, removed } = await job.step('store', () => ledger.storeLineage(ref))
    return {
      message: `${counted(edges, 'edge')} from ${counted(relations, 'relation')}${statements > 0 ? ` and ${counted(statements, 'statement')}` : ''}`,
      counts: { relations, statements, failed, unresolved, selfLoops, edges, added, removed },
    }
  })
}
