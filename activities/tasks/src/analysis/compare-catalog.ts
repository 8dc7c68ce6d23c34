import { diffRelation, diffSchema, isBreaking } from '@plumbline/analysis'
import { compareCatalog as compare, type CatalogDiff, type Database } from '@plumbline/store'
import { discoveryScopeOf } from '../discovery-scope.ts'
import type { StepContext } from '../in-step.ts'

const diff: CatalogDiff = { relation: diffRelation, schema: diffSchema, isBreaking }

export async function compareCatalog(db: Database, context: StepContext): Promise<{ changes: number }> {
  const { signal, progress, log } = context
  const changes = await compare(db, context.lease, discoveryScopeOf(context.job), diff, {
    signal,
    onProgress: (done, total) => progress({ done, total }),
  })
  log('info', `Found ${changes} changes against the last snapshot`)
  return { changes }
}
