import { counted } from '../counted.ts'
import { analysis, ledger, warehouse } from '../proxies.ts'
import { runJob, type JobInput, type JobResult } from '../run-job.ts'
import type { ConfigOf, StepNameOf } from '../job-definition.ts'
import type { freshnessCheck as definition } from './definition.ts'

export async function freshnessCheck(input: JobInput<ConfigOf<typeof definition>>): Promise<JobResult> {
  return runJob<StepNameOf<typeof definition>>(input, async (job) => {
    const { ref } = job
    await job.step('select', () => ledger.selectForFreshness(ref))
    const { read, failed } = await job.step('measure', () => warehouse.measureFreshness(ref))
    await job.step('judge', () => analysis.judgeFreshness(ref))
    const counts = await job.step('store', () => ledger.storeFreshness(ref))
    return { message: messageOf(counts), counts: { ...counts, read, failed } }
  })
}

interface Said {
  tables: number
  stale: number
  late: number
  error: number
  learning: number
  unknown: number
}

/** What a person must look at comes first. */
function messageOf({ tables, stale, late, error, learning, unknown }: Said): string {
  const told = [
    ...(stale > 0 ? [`${stale} stale`] : []),
    ...(late > 0 ? [`${late} late`] : []),
    ...(error > 0 ? [`${error} could not be checked`] : []),
  ]
  const rest = [...(learning > 0 ? [`${learning} still learned`] : []), ...(unknown > 0 ? [`${unknown} unknown`] : [])]
  return `${counted(tables, 'table')} checked: ${[...(told.length > 0 ? told : ['none is overdue']), ...rest].join(', ')}`
}
