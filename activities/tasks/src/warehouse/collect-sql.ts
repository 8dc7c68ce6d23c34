import type { Session } from '@plumbline/connectors'
import {
  countSelected,
  countStatements,
  resetLineage,
  resetStatements,
  selectedRelations,
  selectRelations,
  stageDbtModels,
  stageQueries,
  type JobLedger,
} from '@plumbline/store'
import { lineageExtraction, type RelationKind } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { sourceOfStep, withSession, type SourceDeps } from '../source.ts'
import { collectStatements } from './collect-statements.ts'

const pageSize = 200

/** The kinds that a query defines. */
const definedKinds: ReadonlySet<RelationKind> = new Set(['view', 'materialized_view'])

type CollectDeps = SourceDeps & { ledger: JobLedger }

/**
 * Chooses the relations to trace and collects the stored queries of the views among them, page by page, resumed where an
 * earlier attempt stood; then the statements of the whole connection. Declared keys need no collecting: discovery has read them.
 *
 * @returns how many relations are traced, and how many statements there are
 */
export async function collectSql(
  deps: CollectDeps,
  context: StepContext,
): Promise<{ relations: number; statements: number }> {
  const { job, lease, signal } = context
  const { queries, functions, dbt, statementLimit: limit } = lineageExtraction.config.parse(job.config)
  const total = context.resumeFrom === undefined ? await choose(deps, context) : await countSelected(deps.db, job.jobId)
  context.log('info', `${total} relations to trace`)
  await resetStatements(deps.db, lease)
  if (dbt) await stageDbtModels(deps.db, lease, job.connectionId)
  if (total > 0 || queries || functions) {
    const source = await sourceOfStep(deps, context)
    await withSession(source, { jobId: job.jobId, signal }, async (session) => {
      await collectViews(deps, context, session, total)
      if (queries) await collectStatements(deps, context, session, { kind: 'query', limit })
      if (functions) await collectStatements(deps, context, session, { kind: 'function', limit })
    })
  }
  return { relations: total, statements: await countStatements(deps.db, job.jobId) }
}

async function collectViews(deps: CollectDeps, context: StepContext, session: Session, total: number): Promise<void> {
  const { job, lease, signal } = context
  const cursor = readCursor(context.resumeFrom)
  if (cursor.done > 0) context.log('info', `Goes on after ${cursor.done} of ${total} relations`)
  const watch = stopwatch()
  for (;;) {
    const page = await selectedRelations(deps.db, job.jobId, { after: cursor.after, limit: pageSize })
    const last = page.at(-1)
    if (!last) return
    const views = page.filter(({ kind }) => definedKinds.has(kind))
    if (views.length > 0) {
      for await (const queries of session.readQueries(views)) {
        signal.throwIfAborted()
        await stageQueries(deps.db, lease, queries)
      }
    }
    const ms = watch.lap()
    context.log(levelOf(ms), `Collected the queries of ${views.length} views in ${ms} ms`, { ms })
    cursor.done += page.length
    cursor.after = last.assetId
    context.progress({ done: cursor.done, total })
    context.checkpoint(writeCursor(cursor))
  }
}

async function choose({ db }: SourceDeps, { job, lease }: StepContext): Promise<number> {
  const { scope } = lineageExtraction.config.parse(job.config)
  await resetLineage(db, lease)
  return selectRelations(db, lease, job, { upkeep: 'traced', changedOnly: scope === 'changed' })
}
