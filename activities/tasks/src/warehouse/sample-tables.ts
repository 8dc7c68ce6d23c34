import { countSelected, selectedRelations, type JobLedger } from '@plumbline/store'
import type { JobWarning } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { openSession, ownerOf, sourceOfStep, type SourceDeps } from '../source.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { tableSampler, type SampleLook } from './table-sampler.ts'

/** Tables between two checkpoints. */
const pageSize = 50

export type SamplingDeps = SourceDeps & { ledger: JobLedger }

export interface SampledTables {
  tables: number
  unreadable: number
}

/**
 * Reads a few rows of each selected table, page by page in the order of asset ids, resumed where an earlier attempt stood. Nothing is
 * kept but what `look` makes of the values, which `keep` writes. A table that cannot be read is a warning.
 */
export async function sampleTables<Found>(
  deps: SamplingDeps,
  context: StepContext,
  look: SampleLook<Found>,
  keep: (tables: readonly { assetId: string; found: Found }[]) => Promise<void>,
): Promise<SampledTables> {
  const { job, lease, signal } = context
  const total = await countSelected(deps.db, job.jobId)
  if (look.rows === 0 || total === 0) return { tables: 0, unreadable: 0 }
  const source = await sourceOfStep(deps, context)
  const sampler = tableSampler(() => openSession(source, ownerOf(deps.db, context)), look)
  const cursor = readCursor(context.resumeFrom)
  if (cursor.done > 0) context.log('info', `Goes on after ${cursor.done} of ${total} tables`)
  const watch = stopwatch()
  try {
    for (;;) {
      const page = await selectedRelations(deps.db, job.jobId, { after: cursor.after, limit: pageSize })
      const last = page.at(-1)
      if (!last) break
      const read: { assetId: string; found: Found }[] = []
      const warnings: JobWarning[] = []
      for (const relation of page) {
        signal.throwIfAborted()
        const sample = await sampler.sample(relation)
        if (sample.kind === 'read') read.push({ assetId: relation.assetId, found: sample.found })
        if (sample.kind === 'unreadable') warnings.push(sample.warning)
        const ms = watch.lap()
        if (sample.kind === 'read') context.log(levelOf(ms), `Sampled ${relation.qualifiedName} in ${ms} ms`, { ms })
        if (sample.kind === 'unreadable') context.log('warn', sample.warning.message, { code: sample.warning.code, ms })
        cursor.done++
        context.progress({ done: cursor.done, total })
      }
      await keep(read)
      await deps.ledger.addWarnings(lease, warnings)
      watch.lap()
      cursor.skipped += warnings.length
      cursor.after = last.assetId
      context.checkpoint(writeCursor(cursor))
    }
  } finally {
    await sampler.close()
  }
  return { tables: cursor.done, unreadable: cursor.skipped }
}
