import { diffRelation, diffSchema, onlyFollows, verdictOf } from '@plumbline/analysis'
import { compareCatalog as compare, type CatalogDiff, type Database } from '@plumbline/store'
import { counted } from '@plumbline/workflows'
import { discoveryConfigOf, discoveryScopeOf } from '../discovery-scope.ts'
import type { StepContext } from '../in-step.ts'

const diff: CatalogDiff = { relation: diffRelation, schema: diffSchema, verdict: verdictOf, onlyFollows }

export async function compareCatalog(db: Database, context: StepContext): Promise<{ changes: number }> {
  const { signal, progress, log, job } = context
  const { maxRemovedShare } = discoveryConfigOf(job)
  const changes = await compare(db, context.lease, discoveryScopeOf(job), diff, {
    maxRemovedShare,
    signal,
    onProgress: (done, total) => progress({ done, total }),
  })
  log('info', `Found ${counted(changes, 'change')} against the last snapshot`)
  return { changes }
}
