import { counted } from '../counted.ts'
import { analysis, ledger, warehouse } from '../proxies.ts'
import { runJob, type JobInput, type JobResult } from '../run-job.ts'
import type { ConfigOf, StepNameOf } from '../job-definition.ts'
import type { tagGeneration as definition } from './definition.ts'

export async function tagGeneration(input: JobInput<ConfigOf<typeof definition>>): Promise<JobResult> {
  return runJob<StepNameOf<typeof definition>>(input, async (job) => {
    const { ref } = job
    const { tables } = await job.step('select', () => ledger.selectTables(ref))
    const { unreadable } = await job.step('sample', () => warehouse.sampleValues(ref))
    await job.step('classify', () => analysis.classifyColumns(ref))
    const { columns, tagged, changed } = await job.step('store', () => ledger.storeTags(ref))
    return {
      message: `${tagged} of ${counted(columns, 'column')} in ${counted(tables, 'table')} carry tags`,
      counts: { tables, unreadable, columns, tagged, changed },
    }
  })
}
