import { classifyRelation, compileRule, type CompiledRule } from '@plumbline/analysis'
import {
  countSelected,
  rulesOfJob,
  selectedRelations,
  surroundingsOf,
  writeSelectedTags,
  type ColumnSurroundings,
  type Database,
} from '@plumbline/store'
import type { StepContext } from '../in-step.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { breathe } from './breathe.ts'
import { passTagsOn } from './pass-tags-on.ts'

const pageSize = 200

/**
 * Judges every chosen relation by what is known of it, then passes tags on along keys and lineage. The pages of an earlier attempt
 * are taken over; what is passed on is worked out again, which comes to the same.
 */
export async function classifyColumns(db: Database, context: StepContext): Promise<{ columns: number }> {
  const { jobId } = context.lease
  const rules = (await rulesOfJob(db, jobId)).map(compileRule)
  const columns = await classifyEach(db, context, rules)
  const inherited = await passTagsOn(db, context, rules)
  if (inherited > 0) context.log('info', `Passed tags on to ${inherited} tables along keys and lineage`)
  return { columns }
}

async function classifyEach(db: Database, context: StepContext, rules: readonly CompiledRule[]): Promise<number> {
  const { lease } = context
  const total = await countSelected(db, lease.jobId)
  const cursor = readCursor(context.resumeFrom)
  let columns = 0
  const watch = stopwatch()
  for (;;) {
    const page = await selectedRelations(db, lease.jobId, { after: cursor.after, limit: pageSize })
    const last = page.at(-1)
    if (!last) break
    const around = await surroundingsOf(
      db,
      lease.jobId,
      page.map(({ assetId }) => assetId),
    )
    const tagged = page.map((relation) => ({
      assetId: relation.assetId,
      tags: classifyRelation({
        ...relation,
        ...relation.document,
        name: relation.name,
        rules,
        surroundings: withoutInherited(around.get(relation.assetId) ?? {}),
      }),
    }))
    await writeSelectedTags(db, lease, tagged)
    columns += page.reduce((sum, relation) => sum + relation.document.columns.length, 0)
    cursor.done += page.length
    cursor.after = last.assetId
    context.progress({ done: cursor.done, total })
    context.checkpoint(writeCursor(cursor))
    const ms = watch.lap()
    context.log(levelOf(ms), `Classified ${page.length} tables in ${ms} ms`, { tables: page.length, ms })
    await breathe(context.signal)
  }
  return columns
}

/** What is passed on comes after everything has been judged by itself: two that feed each other would keep a tag alive. */
const withoutInherited = (columns: Record<string, ColumnSurroundings>): Record<string, ColumnSurroundings> =>
  Object.fromEntries(Object.entries(columns).map(([column, around]) => [column, { ...around, inherited: [] }]))
