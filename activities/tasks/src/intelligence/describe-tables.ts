import { factsOf, fingerprintOfFacts, type WrittenText } from '@plumbline/analysis'
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

type Outcome = 'described' | 'unchanged' | 'left' | 'over-budget'

interface Describing {
  db: Database
  ledger: JobLedger
  context: StepContext
  writer: Writer
}

/**
 * Describes every chosen table of which something else is known than when it was described last. Each is staged as soon as it is
 * written, so that an attempt that was lost costs nothing but what was on its way. A table that cannot be described is a warning.
 *
 * @returns over all attempts
 */
export async function describeTables(
  deps: { db: Database; ledger: JobLedger },
  context: StepContext,
  writer: Writer,
): Promise<{ described: number; unchanged: number; left: number }> {
  const { db } = deps
  const { jobId } = context.lease
  const total = await countSelected(db, jobId)
  const count = { ...(await describedSoFar(db, jobId)), left: 0, 'over-budget': 0 }
  const before = count.described + count.unchanged
  if (before > 0) context.log('info', `Goes on after ${before} of ${total} tables`)
  let after: string | undefined
  do {
    const page = await subjectsToDocument(db, jobId, { after, limit: pageSize })
    after = page.at(-1)?.assetId
    await inParallel(page, writer.concurrency, async (subject) => {
      await breathe(context.signal)
      if (count['over-budget'] > 0) return
      count[await describeOne({ ...deps, context, writer }, subject)]++
      context.progress({ done: count.described + count.unchanged + count.left, total })
    })
  } while (after !== undefined && count['over-budget'] === 0)
  const { described, unchanged } = count
  if (count['over-budget'] === 0) return { described, unchanged, left: count.left }
  const left = total - described - unchanged
  await note(deps.ledger, context, budgetWarning(left))
  return { described, unchanged, left }
}

async function describeOne({ db, ledger, context, writer }: Describing, subject: ChosenSubject): Promise<Outcome> {
  const { scope } = intelligenceAnalysis.config.parse(context.job.config)
  const facts = factsOf(subject)
  const fingerprint = fingerprintOfFacts(facts)
  const { source, model, promptVersion } = writer
  const stage = (unchanged: boolean, texts: WrittenText[]): Promise<void> => {
    const documentation = { fingerprint, source, model, promptVersion, unchanged, texts }
    return stageDocumentation(db, context.lease, [{ assetId: subject.assetId, documentation }])
  }
  if (scope === 'changed' && isDocumented(subject, fingerprint, writer)) {
    await stage(true, [])
    return 'unchanged'
  }
  const written = await writer.write(subject, facts, fingerprint)
  if (written.kind === 'over-budget') return 'over-budget'
  if (written.kind === 'left') {
    await note(ledger, context, written.warning)
    return 'left'
  }
  await stage(false, written.texts)
  return 'described'
}

async function note(ledger: JobLedger, context: StepContext, warning: JobWarning): Promise<void> {
  context.log('warn', warning.message, { code: warning.code })
  await ledger.addWarnings(context.lease, [warning])
}

const budgetWarning = (left: number): JobWarning => ({
  code: 'budget-reached',
  object: null,
  message: `${left} tables are not described: the tokens or the money of the job are spent. Run it again to go on with the rest`,
})

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
