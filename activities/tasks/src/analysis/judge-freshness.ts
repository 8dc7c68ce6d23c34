import { judgeAgain, judgeFreshness as judge } from '@plumbline/analysis'
import { countSelected, tablesToJudge, writeVerdicts, type Database, type TableToJudge } from '@plumbline/store'
import { defaultExpectation, type FreshnessVerdict } from '@plumbline/workflows'
import type { StepContext } from '../in-step.ts'
import { readCursor, writeCursor } from '../page-cursor.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'
import { breathe } from './breathe.ts'

const pageSize = 500

/** Judges every measured table by what a person expects of it, or by the rhythm of its own history. */
export async function judgeFreshness(
  db: Database,
  context: StepContext,
): Promise<{ judged: number; learning: number }> {
  const { jobId } = context.lease
  const total = await countSelected(db, jobId)
  const cursor = readCursor(context.resumeFrom)
  const watch = stopwatch()
  const pageAfter = (after: string | undefined) => tablesToJudge(db, jobId, { after, limit: pageSize })
  let page = await pageAfter(cursor.after)
  while (page.length > 0) {
    const verdicts = page.map((table) => ({ assetId: table.assetId, verdict: verdictOf(table) }))
    const last = page.at(-1)?.assetId
    // The record gives the next page while it takes this one.
    const [next] = await Promise.all([
      page.length === pageSize ? pageAfter(last) : [],
      writeVerdicts(db, context.lease, verdicts),
    ])
    cursor.done += page.length
    cursor.skipped += verdicts.filter(({ verdict }) => verdict.state === 'learning').length
    cursor.after = last
    context.progress({ done: cursor.done, total })
    context.checkpoint(writeCursor(cursor))
    const ms = watch.lap()
    context.log(levelOf(ms), `Judged ${page.length} tables in ${ms} ms`, { tables: page.length, ms })
    page = next
    await breathe(context.signal)
  }
  return { judged: cursor.done, learning: cursor.skipped }
}

/** The update of this check is stored after it is judged, so it is put behind the history here. */
function verdictOf({ finding, expectation, history, before, checkedAt }: TableToJudge): FreshnessVerdict {
  if (before) return judgeAgain(before, checkedAt.getTime())
  const points = history.map(([at, after]) => ({ at, after }))
  const at = finding.last === null ? undefined : Date.parse(finding.last.at)
  const newest = points.at(-1)
  if (at !== undefined && finding.last && (newest === undefined || at > newest.at)) {
    points.push({ at, after: finding.last.after === null ? null : Date.parse(finding.last.after) })
  }
  return judge(finding, expectation ?? defaultExpectation, points, checkedAt.getTime())
}
