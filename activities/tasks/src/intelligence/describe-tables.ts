import { factsOf, fingerprintOfFacts } from '@plumbline/analysis'
import {
  countSelected,
  describedSoFar,
  stageDocumentation,
  subjectsToDocument,
  type ChosenSubject,
  type Database,
  type JobLedger,
} from '@plumbline/store'
import { intelligenceAnalysis, type JobWarning } from '@plumbline/workflows'
import { breathe } from '../analysis/breathe.ts'
import type { StepContext } from '../in-step.ts'
import type { Writer } from './writer.ts'

/** Tables that are read at once; each comes with all that is known of it. */
const pageSize = 50

/**
 * Describes every chosen table of which something else is known than when it was described last. Each is staged as soon as it is
 * written, so that an attempt that was lost costs nothing but what was on its way. A table that cannot be described is a warning.
 *
 * @returns over all attempts
 */
export async function describeTables(
  { db, ledger }: { db: Database; ledger: JobLedger },
  context: StepContext,
  writer: Writer,
): Promise<{ described: number; unchanged: number; left: number }> {
  const { jobId } = context.lease
  const { scope } = intelligenceAnalysis.config.parse(context.job.config)
  const total = await countSelected(db, jobId)
  let { described, unchanged } = await describedSoFar(db, jobId)
  if (described + unchanged > 0) context.log('info', `Goes on after ${described + unchanged} of ${total} tables`)
  let left = 0

  const describe = async (subject: ChosenSubject): Promise<void> => {
    const facts = factsOf(subject)
    const fingerprint = fingerprintOfFacts(facts)
    const { source, model, promptVersion } = writer
    const by = { fingerprint, source, model, promptVersion }
    const stage = async (documentation: Parameters<typeof stageDocumentation>[2][number]['documentation']) =>
      stageDocumentation(db, context.lease, [{ assetId: subject.assetId, documentation }])
    if (scope === 'changed' && isDocumented(subject, fingerprint, writer)) {
      await stage({ ...by, unchanged: true, texts: [] })
      unchanged++
      return
    }
    const written = await writer.write(subject, facts, fingerprint)
    if (written.kind === 'written') {
      await stage({ ...by, unchanged: false, texts: written.texts })
      described++
    } else {
      await note(written.warning)
      left++
    }
  }

  const note = async (warning: JobWarning): Promise<void> => {
    context.log('warn', warning.message, { code: warning.code })
    await ledger.addWarnings(context.lease, [warning])
  }

  for (let after: string | undefined; ;) {
    const page = await subjectsToDocument(db, jobId, { after, limit: pageSize })
    const last = page.at(-1)
    if (!last) break
    await inParallel(page, writer.concurrency, async (subject) => {
      await breathe(context.signal)
      await describe(subject)
      context.progress({ done: described + unchanged + left, total })
    })
    after = last.assetId
  }
  return { described, unchanged, left }
}

/** The same is known, and it was written by the same kind of writer, or by a better one. */
const isDocumented = (subject: ChosenSubject, fingerprint: string, { source }: Writer): boolean =>
  subject.documentedFingerprint === fingerprint && (subject.documentedBy === source || source === 'rules')

/** Works on some at once; the first failure stops the others from beginning another one. */
async function inParallel<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  let failed = false
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && !failed; item = queue.shift()) {
      try {
        await work(item)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  const rejected = results.find((result) => result.status === 'rejected')
  if (rejected) throw rejected.reason
}
