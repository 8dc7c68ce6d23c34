import { compileRule } from '@plumbline/analysis'
import { countSelected, rulesOfJob, selectedRelations, writeSampleEvidence, type JobLedger } from '@plumbline/store'
import { tagGeneration, type Counts, type JobWarning } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { openSession, sourceOfStep, type SourceDeps } from '../source.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { tableSampler } from './table-sampler.ts'

/** Tables between two checkpoints. */
const pageSize = 50

/**
 * Reads a few rows of each selected table, page by page in the order of asset ids, resumed where an earlier attempt stood.
 * What is kept of the values is how many passed which check, nothing else. A table that cannot be read is a warning.
 */
export async function sampleValues(
  deps: SourceDeps & { ledger: JobLedger },
  context: StepContext,
): Promise<{ tables: number; unreadable: number }> {
  const { job, lease, signal } = context
  const { sampleRows } = tagGeneration.config.parse(job.config)
  const total = await countSelected(deps.db, job.jobId)
  if (sampleRows === 0 || total === 0) return { tables: 0, unreadable: 0 }
  const source = await sourceOfStep(deps, context)
  const rules = (await rulesOfJob(deps.db, job.jobId)).map(compileRule)
  const sampler = tableSampler(() => openSession(source, { jobId: job.jobId, signal }), sampleRows, rules)
  const cursor = readCursor(context.resumeFrom)
  if (cursor.done > 0) context.log('info', `Goes on after ${cursor.done} of ${total} tables`)
  const watch = stopwatch()
  try {
    for (;;) {
      const page = await selectedRelations(deps.db, job.jobId, { after: cursor.after, limit: pageSize })
      const last = page.at(-1)
      if (!last) break
      const evidence: { assetId: string; evidence: Record<string, Counts> }[] = []
      const warnings: JobWarning[] = []
      for (const relation of page) {
        signal.throwIfAborted()
        const sample = await sampler.sample(relation)
        if (sample.kind === 'read') evidence.push({ assetId: relation.assetId, evidence: sample.evidence })
        if (sample.kind === 'unreadable') warnings.push(sample.warning)
        const ms = watch.lap()
        if (sample.kind === 'read') context.log(levelOf(ms), `Sampled ${relation.qualifiedName} in ${ms} ms`, { ms })
        if (sample.kind === 'unreadable') context.log('warn', sample.warning.message, { code: sample.warning.code, ms })
        cursor.done++
        context.progress({ done: cursor.done, total })
      }
      await writeSampleEvidence(deps.db, lease, evidence)
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
