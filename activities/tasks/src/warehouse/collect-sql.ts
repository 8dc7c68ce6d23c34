import { countSelected, resetLineage, selectedRelations, selectRelations, stageQueries } from '@plumbline/store'
import { lineageExtraction, type RelationKind } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { sourceOf, withSession, type SourceDeps } from '../source.ts'

const pageSize = 200

/** The kinds that a query defines. */
const definedKinds: ReadonlySet<RelationKind> = new Set(['view', 'materialized_view'])

/**
 * Chooses the relations to trace and collects the stored queries of the views among them, page by page, resumed where an
 * earlier attempt stood. Declared keys need no collecting: discovery has read them.
 *
 * @returns how many relations are traced
 */
export async function collectSql(deps: SourceDeps, context: StepContext): Promise<{ relations: number }> {
  const { job, lease, signal } = context
  const total = context.resumeFrom === undefined ? await choose(deps, context) : await countSelected(deps.db, job.jobId)
  context.log('info', `${total} relations to trace`)
  if (total === 0) return { relations: 0 }
  const source = await sourceOf(deps, job.connectionId, context.hide)
  await withSession(source, { jobId: job.jobId, signal }, async (session) => {
    const cursor = readCursor(context.resumeFrom)
    if (cursor.done > 0) context.log('info', `Goes on after ${cursor.done} of ${total} relations`)
    const watch = stopwatch()
    for (;;) {
      const page = await selectedRelations(deps.db, job.jobId, { after: cursor.after, limit: pageSize })
      const last = page.at(-1)
      if (!last) break
      const externalIds = page.filter(({ kind }) => definedKinds.has(kind)).map(({ externalId }) => externalId)
      if (externalIds.length > 0) {
        for await (const queries of session.readQueries({ externalIds })) {
          signal.throwIfAborted()
          await stageQueries(deps.db, lease, queries)
        }
      }
      const ms = watch.lap()
      context.log(levelOf(ms), `Collected the queries of ${externalIds.length} views in ${ms} ms`, { ms })
      cursor.done += page.length
      cursor.after = last.assetId
      context.progress({ done: cursor.done, total })
      context.checkpoint(writeCursor(cursor))
    }
  })
  return { relations: total }
}

async function choose({ db }: SourceDeps, { job, lease }: StepContext): Promise<number> {
  const { scope } = lineageExtraction.config.parse(job.config)
  await resetLineage(db, lease)
  return selectRelations(db, lease, job, { upkeep: 'traced', changedOnly: scope === 'changed' })
}
