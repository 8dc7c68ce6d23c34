import { classifyRelation } from '@plumbline/analysis'
import { countSelected, selectedRelations, writeSelectedTags, type Database } from '@plumbline/store'
import type { StepContext } from '../in-step.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { breathe } from './breathe.ts'

const pageSize = 200

export async function classifyColumns(db: Database, context: StepContext): Promise<{ columns: number }> {
  const { lease } = context
  const { jobId } = lease
  const total = await countSelected(db, jobId)
  const cursor = readCursor(context.resumeFrom)
  let columns = 0
  const watch = stopwatch()
  for (;;) {
    const page = await selectedRelations(db, jobId, { after: cursor.after, limit: pageSize })
    const last = page.at(-1)
    if (!last) break
    const tagged = page.map((relation) => ({
      assetId: relation.assetId,
      tags: classifyRelation({ ...relation, ...relation.document, name: relation.name }),
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
  return { columns }
}
