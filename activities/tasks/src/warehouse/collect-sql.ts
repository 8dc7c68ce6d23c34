import type { CollectedQuery, Session } from '@plumbline/connectors'
import { connectionKind } from '@plumbline/connectors/kinds'
import {
  countSelected,
  countStatements,
  resetLineage,
  resetStatements,
  selectedRelations,
  selectRelations,
  stageDbtModels,
  stageQueries,
  stageStatements,
  viewKey,
  type JobLedger,
  type NewStatement,
  type SelectedRelation,
} from '@plumbline/store'
import { counted, lineageExtraction, type RelationKind } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { ownerOf, sourceOfStep, withSession, type SourceDeps } from '../source.ts'
import { collectStatements } from './collect-statements.ts'

const pageSize = 200

/** The kinds that a query defines. */
const definedKinds: ReadonlySet<RelationKind> = new Set(['view', 'materialized_view', 'stream'])

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
  const { job, lease } = context
  const { queries, functions, dbt, statementLimit: limit, fadeDays } = lineageExtraction.config.parse(job.config)
  const total = context.resumeFrom === undefined ? await choose(deps, context) : await countSelected(deps.db, job.jobId)
  context.log('info', `${counted(total, 'relation')} to trace`)
  await resetStatements(deps.db, lease)
  if (dbt) await stageDbtModels(deps.db, lease, job.connectionId)
  if (total > 0 || queries || functions) {
    const source = await sourceOfStep(deps, context)
    await withSession(source, ownerOf(deps.db, context), async (session) => {
      await collectViews(deps, context, session, total)
      const from = { session, dialect: connectionKind(source.connector.kind).dialect, limit, fadeDays }
      if (queries) await collectStatements(deps, context, { ...from, kind: 'query' })
      if (functions) await collectStatements(deps, context, { ...from, kind: 'function' })
    })
  }
  return { relations: total, statements: await countStatements(deps.db, job.jobId, { views: false }) }
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
        const trees = queries.filter(({ kind }) => kind !== 'sql')
        await stageQueries(deps.db, lease, trees)
        await stageStatements(deps.db, lease, viewStatements(queries, views))
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

/** A query that is kept as text fills its view, like a statement that ran. */
const viewStatements = (queries: readonly CollectedQuery[], views: readonly SelectedRelation[]): NewStatement[] =>
  queries.flatMap(({ kind, externalId, text }) => {
    const view = kind === 'sql' ? views.find((one) => one.externalId === externalId) : undefined
    if (!view) return []
    const { schema, name, qualifiedName } = view
    const described = { key: viewKey(externalId), origin: 'view' as const, name: qualifiedName, text }
    return [{ ...described, calls: null, searchPath: null, target: [schema, name] as const }]
  })

async function choose({ db }: SourceDeps, { job, lease }: StepContext): Promise<number> {
  const { scope } = lineageExtraction.config.parse(job.config)
  await resetLineage(db, lease)
  return selectRelations(db, lease, job, { upkeep: 'traced', changedOnly: scope === 'changed' })
}
