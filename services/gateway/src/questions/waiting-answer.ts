import { listJobs } from '@plumbline/store'
import { jobDefinition, pendingReasons } from '@plumbline/workflows'
import { jobView, type ViewContext } from '../jobs/job-view.ts'
import { nothingFound, type Answer, type Asked } from './answer.ts'
import { figure, jobsText, momentText, plain } from './plain-text.ts'

/** What waits, for what, and at which place. */
export async function waitingAnswer(asked: Asked, context: ViewContext): Promise<Answer> {
  const { db, organizationId, filter, words, timezone } = asked
  const rows = await listJobs(db, organizationId, filter, { sort: 'createdAt', order: 'asc', limit: 20 })
  const [first] = rows
  if (!first) return nothingFound(words)
  const jobs = rows.map((row) => jobView(row, context))
  const codes = [...new Set(jobs.flatMap(({ pendingReason }) => (pendingReason ? [pendingReason.code] : [])))]
  const why = codes.map((code) => pendingReasons[code]).join('; ')
  return {
    answer: `${jobsText(rows.length)} ${rows.length === 1 ? 'waits' : 'wait'}${rows.length === 20 ? ' at least' : ''}: ${plain(why)}. The longest since ${momentText(first.created_at, timezone)}.`,
    jobs: rows.map(({ id }) => id),
    table: {
      columns: ['Job', 'On', 'Since', 'Place', 'Reason'],
      rows: jobs.map((job) => [
        jobDefinition(job.type).label,
        job.asset.qualifiedName,
        momentText(new Date(job.createdAt), timezone),
        job.pendingReason?.position === undefined ? null : figure(job.pendingReason.position),
        job.pendingReason && pendingReasons[job.pendingReason.code],
      ]),
    },
    suggestions: ['What is running now?'],
  }
}
