import { parseQuery, QueryError } from '@plumbline/analysis'
import {
  countQueries,
  countStatements,
  documentsOf,
  parsedKind,
  stagedQueries,
  stageQueries,
  type Database,
  type JobLedger,
  type StagedQuery,
} from '@plumbline/store'
import type { JobWarning } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { breathe } from './breathe.ts'
import { parseStatements } from './parse-statements.ts'

const pageSize = 100

/** Reads out of each collected query where its columns come from. One that is not understood is a warning. */
export async function parseLineage(
  { db, ledger }: { db: Database; ledger: JobLedger },
  context: StepContext,
): Promise<{ relations: number; failed: number }> {
  const { jobId, connectionId } = context.job
  const [queries, statements] = await Promise.all([
    countQueries(db, jobId, false),
    countStatements(db, jobId, { views: true }),
  ])
  const total = queries + statements
  let [done, failed, after] = [0, 0, '']
  for (;;) {
    const page = await stagedQueries(db, jobId, { parsed: false, after, limit: pageSize })
    const last = page.at(-1)
    if (!last) break
    const results = page.map(parseOne)
    await stageQueries(
      db,
      context.lease,
      results.flatMap(({ parsed }) => parsed ?? []),
    )
    const errors = results.filter(({ error }) => error !== undefined)
    if (errors.length > 0) {
      const named = await documentsOf(
        db,
        connectionId,
        errors.map(({ externalId }) => externalId),
      )
      const nameOf = (externalId: string) => named.get(externalId)?.qualifiedName ?? externalId
      await ledger.addWarnings(
        context.lease,
        errors.map(({ externalId, error }) => warning(nameOf(externalId), error)),
      )
    }
    if (errors.length > 0) context.log('warn', `${errors.length} queries were not understood`, failuresOf(errors))
    failed += errors.length
    done += page.length
    after = last.externalId
    context.progress({ done, total })
    await breathe(context.signal)
  }
  context.log('info', `Parsed ${done} queries of views, ${failed} of them were not understood`)
  const others = await parseStatements({ db, ledger }, context, (more) =>
    context.progress({ done: done + more, total }),
  )
  context.log('info', `Traced ${others.traced} statements, ${others.known} of them were known`, others)
  return { relations: done, failed: failed + others.failed }
}

interface Outcome {
  externalId: string
  parsed?: StagedQuery
  error?: string
}

function parseOne(query: StagedQuery): Outcome {
  const { externalId } = query
  try {
    return { externalId, parsed: { externalId, kind: parsedKind, text: JSON.stringify(parseQuery(query)) } }
  } catch (error) {
    if (error instanceof QueryError) return { externalId, error: error.message }
    throw error
  }
}

/** Enough of them to see a pattern; the warnings of the job name all. */
const mostNamed = 20

const failuresOf = (errors: readonly Outcome[]) => ({
  queries: errors.slice(0, mostNamed).map(({ externalId, error }) => ({ externalId, error })),
})

const warning = (object: string, error: string | undefined): JobWarning => ({
  code: 'query-not-understood',
  object,
  message: `The query of ${object} was not understood, its lineage stays as it was: ${error ?? ''}`,
})
