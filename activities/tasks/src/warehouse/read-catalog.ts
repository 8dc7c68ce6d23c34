import { canonicalJson, fingerprintOf } from '@plumbline/analysis'
import type { CatalogEvent } from '@plumbline/connectors'
import {
  knownRelations,
  resetDiscovery,
  stageRelations,
  stageSchemas,
  stageUnchanged,
  stageUnread,
  type Database,
  type JobLedger,
  type StagedRelation,
} from '@plumbline/store'
import { counted, type DiscoveredRelation } from '@plumbline/workflows'
import { discoveryScopeOf } from '../discovery-scope.ts'
import type { StepContext } from '../in-step.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { ownerOf, sourceOfStep, withSession, type SourceDeps } from '../source.ts'

/**
 * Streams the catalog into the record, from the start at every attempt: another attempt is another snapshot of the source.
 * While one batch is written the next is read.
 */
export async function readCatalog(
  deps: SourceDeps & { ledger: JobLedger },
  context: StepContext,
): Promise<{ relations: number }> {
  const { job, lease, signal } = context
  const scope = discoveryScopeOf(job).looked
  const source = await sourceOfStep(deps, context)
  const [known] = await Promise.all([knownRelations(deps.db, job.connectionId, scope), resetDiscovery(deps.db, lease)])
  const progress = { done: 0, total: 0 }
  await withSession(source, ownerOf(deps.db, context), async (session) => {
    const writes = oneAhead()
    const watch = stopwatch()
    try {
      for await (const event of session.readCatalog({ scope, known })) {
        signal.throwIfAborted()
        if (event.kind === 'total') progress.total = event.relations
        if (event.kind === 'relations' || event.kind === 'unchanged') progress.done += event.relations.length
        tell(context, event, watch.lap())
        context.progress(progress)
        await writes.next(() => writeEvent(deps, context, event))
      }
    } finally {
      await writes.finish()
    }
  })
  context.progress({ done: progress.done, total: progress.done })
  if (progress.total === 0 && (scope.schemas ?? scope.include)) await warnOfNothing(deps.ledger, context)
  return { relations: progress.done }
}

/** Patterns that match something each may leave nothing together. */
async function warnOfNothing(ledger: JobLedger, { lease, log }: StepContext): Promise<void> {
  const message =
    'No table or view of the database is in the schemas, matches Include and is not left out by Exclude: nothing was looked at. Correct these options and discover again.'
  log('warn', message)
  await ledger.addWarnings(lease, [{ code: 'nothing-matched', object: null, message }])
}

/** Objects that a line names; the warnings of the job name all. */
const mostNamed = 20

/** `ms` is how long the event was waited for: mostly the source's time, and the writing of the batch before. */
function tell({ log }: StepContext, event: CatalogEvent, ms: number): void {
  switch (event.kind) {
    case 'total':
      return log('info', `The catalog has ${counted(event.relations, 'relation')}`, { ms })
    case 'relations':
      return log(levelOf(ms), `Read ${counted(event.relations.length, 'relation')} in ${ms} ms`, {
        ms,
        last: event.relations.at(-1)?.name,
      })
    case 'unchanged':
      return log(levelOf(ms), `Recognised ${counted(event.relations.length, 'relation')} as unchanged in ${ms} ms`, {
        ms,
      })
    case 'unread':
      return log('warn', `${event.relations.length} relations are there and were not read`, { ms })
    case 'schema':
      if (event.schema.complete) return log('debug', `Schema ${event.schema.name} was read whole`)
      return log('warn', `Schema ${event.schema.name} was not read whole: nothing counts as removed from it`)
    case 'warnings': {
      const [first] = event.warnings
      return log('warn', `${counted(event.warnings.length, 'warning')}, the first: ${first?.message ?? ''}`, {
        code: first?.code,
        objects: event.warnings.slice(0, mostNamed).map(({ object }) => object),
      })
    }
  }
}

async function writeEvent(
  deps: { db: Database; ledger: JobLedger },
  { job, lease }: StepContext,
  event: CatalogEvent,
): Promise<void> {
  switch (event.kind) {
    case 'total':
      return
    case 'relations':
      return stageRelations(deps.db, lease, event.relations.map(stagedRelation))
    case 'unchanged':
      return stageUnchanged(deps.db, lease, job.connectionId, event.relations)
    case 'unread':
      return stageUnread(deps.db, lease, event.relations)
    case 'schema':
      return stageSchemas(deps.db, lease, [event.schema])
    case 'warnings':
      return deps.ledger.addWarnings(lease, event.warnings)
  }
}

function stagedRelation(relation: DiscoveredRelation): StagedRelation {
  const { externalId, schema, name, kind, document, sourceFingerprint, readable } = relation
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
    sourceFingerprint,
    readable,
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
