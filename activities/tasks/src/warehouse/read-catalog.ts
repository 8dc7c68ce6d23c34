import { canonicalJson, fingerprintOf } from '@plumbline/analysis'
import type { CatalogEvent } from '@plumbline/connectors'
import {
  resetDiscovery,
  stageRelations,
  stageSchemas,
  type Database,
  type JobLedger,
  type StagedRelation,
  type StepLease,
} from '@plumbline/store'
import type { DiscoveredRelation } from '@plumbline/workflows'
import { discoveryScopeOf } from '../discovery-scope.ts'
import type { StepContext } from '../in-step.ts'
import { sourceOf, withSession, type SourceDeps } from '../source.ts'

/**
 * Streams the catalog into the record, from the start at every attempt: another attempt is another snapshot of the source.
 * While one batch is written the next is read.
 */
export async function readCatalog(
  deps: SourceDeps & { ledger: JobLedger },
  context: StepContext,
): Promise<{ relations: number }> {
  const { job, lease, signal } = context
  const { schemas } = discoveryScopeOf(job)
  const [source] = await Promise.all([sourceOf(deps, job.connectionId, context.hide), resetDiscovery(deps.db, lease)])
  const progress = { done: 0, total: 0 }
  await withSession(source, { jobId: job.jobId, signal }, async (session) => {
    const writes = oneAhead()
    try {
      for await (const event of session.readCatalog(schemas ? { schemas } : {})) {
        signal.throwIfAborted()
        if (event.kind === 'total') progress.total = event.relations
        if (event.kind === 'relations') progress.done += event.relations.length
        context.progress(progress)
        await writes.next(() => writeEvent(deps, lease, event))
      }
    } finally {
      await writes.finish()
    }
  })
  context.progress({ done: progress.done, total: progress.done })
  return { relations: progress.done }
}

async function writeEvent(
  deps: { db: Database; ledger: JobLedger },
  lease: StepLease,
  event: CatalogEvent,
): Promise<void> {
  switch (event.kind) {
    case 'total':
      return
    case 'relations':
      return stageRelations(deps.db, lease, event.relations.map(stagedRelation))
    case 'schema':
      return stageSchemas(deps.db, lease, [event.schema])
    case 'warnings':
      return deps.ledger.addWarnings(lease, event.warnings)
  }
}

function stagedRelation({ externalId, schema, name, kind, document }: DiscoveredRelation): StagedRelation {
  const documentJson = canonicalJson(document)
  return {
    externalId,
    schema,
    name,
    kind,
    fingerprint: fingerprintOf(kind, documentJson),
    documentJson,
    comment: document.comment,
    columns: document.columns.length,
  }
}

/** Lets one write run beside the reading, never two: memory stays at two batches and order is kept. */
function oneAhead() {
  let running: Promise<void> = Promise.resolve()
  return {
    /** Waits for the write before; its failure is thrown here. */
    async next(write: () => Promise<void>): Promise<void> {
      await running
      running = write()
      // Thrown where it is awaited; until then it is nobody's unhandled rejection.
      running.catch(() => undefined)
    },
    finish: () => running,
  }
}
