import { compileRule, countRules } from '@plumbline/analysis'
import { rulesOfJob, writeSampleEvidence } from '@plumbline/store'
import { tagGeneration, type ColumnType, type Counts } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { sampleTables, type SampledTables, type SamplingDeps } from './sample-tables.ts'
import type { ColumnValues } from './table-sampler.ts'

/** The types whose values are checked; the others say what they are, or are too large to read. */
const checkedTypes: ReadonlySet<ColumnType> = new Set(['text', 'integer', 'decimal', 'network', 'geo', 'other'])

/** What is kept of the values for tags is how many passed which check, nothing else. */
export async function sampleValues(deps: SamplingDeps, context: StepContext): Promise<SampledTables> {
  const { job, lease } = context
  const { sampleRows } = tagGeneration.config.parse(job.config)
  const rules = (await rulesOfJob(deps.db, job.jobId)).map(compileRule)
  const look = {
    rows: sampleRows,
    types: checkedTypes,
    without: 'is judged by names and by what its values showed before',
    async read(_relation: unknown, values: readonly ColumnValues[]): Promise<Record<string, Counts>> {
      // Dictionaries and numbering plans take 50 MB: they come with the first table whose values are read, in workers that read any.
      const { countChecks } = await import('@plumbline/analysis/values')
      return Object.fromEntries(
        values.map(({ column, values: read }) => [column, { ...countChecks(read), ...countRules(read, rules) }]),
      )
    },
  }
  return sampleTables(deps, context, look, (found) =>
    writeSampleEvidence(
      deps.db,
      lease,
      found.map(({ assetId, found: evidence }) => ({ assetId, evidence })),
    ),
  )
}
