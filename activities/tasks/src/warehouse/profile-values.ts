import { classifyRelation, profileValues as profileOf } from '@plumbline/analysis'
import { personalColumns, writeProfiles, type Database, type SelectedRelation } from '@plumbline/store'
import { intelligenceAnalysis, type ColumnProfile, type ColumnType } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { sampleTables, type SampledTables, type SamplingDeps } from './sample-tables.ts'
import type { ColumnValues } from './table-sampler.ts'

/** Numbers and times say what they are; only words and codes have forms and lists. */
const profiledTypes: ReadonlySet<ColumnType> = new Set(['text', 'other'])

/**
 * What is kept of the values for documentation: their form, and where they are a few words that nobody owns, those. Whether a column
 * is a person's is judged anew from names and these very values, since it may never have been classified; what is tagged so is never
 * shown either.
 */
export async function profileValues(deps: SamplingDeps, context: StepContext): Promise<SampledTables> {
  const { job, lease } = context
  const { sampleRows } = intelligenceAnalysis.config.parse(job.config)
  const look = {
    rows: sampleRows,
    types: profiledTypes,
    without: 'is described without a look at its values',
    read: profilesOf,
  }
  return sampleTables(deps, context, look, async (found) =>
    writeProfiles(deps.db, lease, await withoutTagged(deps.db, found)),
  )
}

type Profiled = { assetId: string; found: Record<string, ColumnProfile> }

async function withoutTagged(db: Database, tables: readonly Profiled[]): Promise<Profiled[]> {
  const personal = await personalColumns(
    db,
    tables.map(({ assetId }) => assetId),
  )
  return tables.map(({ assetId, found }) => ({
    assetId,
    found: Object.fromEntries(
      Object.entries(found).map(([column, profile]) => [
        column,
        personal.get(assetId)?.has(column) ? { ...profile, list: null } : profile,
      ]),
    ),
  }))
}

async function profilesOf(
  relation: SelectedRelation,
  read: readonly ColumnValues[],
): Promise<Record<string, ColumnProfile>> {
  // Dictionaries and numbering plans take 50 MB: see `sampleValues`.
  const { countChecks } = await import('@plumbline/analysis/values')
  const evidence = Object.fromEntries(read.map(({ column, values }) => [column, countChecks(values)]))
  const tags = classifyRelation({ ...relation, ...relation.document, name: relation.name, evidence })
  return Object.fromEntries(
    read.map(({ column, values }) => {
      const judged = tags[column] ?? []
      const impersonal = !judged.some(({ category, tag }) => category === 'pii' || tag === 'restricted')
      return [column, profileOf(values, evidence[column] ?? {}, impersonal)]
    }),
  )
}
