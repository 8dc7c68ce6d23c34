import { failureCauses, findJob, jobParts, listJobs, type JobRow } from '@plumbline/store'
import { jobDefinition } from '@plumbline/workflows'
import { nothingFound, tooMany, type Answer, type Asked } from './answer.ts'
import { figure, jobsText, momentText, plain, quoted, spent } from './plain-text.ts'

/** Why the newest of them failed: the error and its causes, whether it is new, what can be done, and whether it was fixed. */
export async function whyAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, words, filter, timezone } = asked
  const page = { sort: 'createdAt', order: 'desc', limit: 1 } as const
  const [row] = await listJobs(db, organizationId, filter, page)
  if (!row?.error) return (await didNotFail(asked)) ?? nothingFound(words)
  const asset = { id: row.asset_id, kind: row.asset_kind }
  const runs = { types: [row.type], asset, createdBefore: row.created_at, statuses: ['failed', 'completed'] } as const
  // Of the asset itself: a job on what lies below it is another one.
  const found = await listJobs(db, organizationId, runs, { ...page, limit: 20 })
  const earlier = found.find((other) => other.asset_id === row.asset_id)
  const { code, message, hint, causes } = row.error
  const lines = [
    `${plain(jobDefinition(row.type).label)} on ${plain(row.asset_qualified_name)} failed on ${momentText(row.ended_at ?? row.created_at, timezone)}${row.step === null ? '' : ` in the step ${plain(row.step)}`}: **${plain(code)}**`,
    quoted(message),
    ...(causes.length > 0 ? [quoted(`Caused by: ${causes.slice(0, 3).join('; ')}`)] : []),
    `What to do: ${plain(hint)}`,
    comparedText(row, earlier, timezone),
    ...(await fixedText(asked, row)),
  ]
  return {
    answer: lines.filter((line) => line !== '').join('\n\n'),
    jobs: [row.id, ...(earlier ? [earlier.id] : [])],
    suggestions: ['Did a retry fix it?', 'What are the most common causes?'],
  }
}

/** Whether the run before it failed alike. */
function comparedText(row: JobRow, earlier: JobRow | undefined, timezone: string): string {
  if (!earlier) return 'It was the first run of its type on this asset.'
  const when = momentText(earlier.created_at, timezone)
  if (earlier.status === 'completed') return `The run before it, on ${when}, completed: this is new.`
  const same = earlier.error?.code === row.error?.code
  return `The run before it, on ${when}, failed ${same ? 'with the same error' : `with another error (${plain(earlier.error?.code ?? '')})`}.`
}

async function fixedText({ db, organizationId }: Asked, row: JobRow): Promise<string[]> {
  if (row.resolved_by_job_id === null) return []
  const later = await findJob(db, organizationId, row.resolved_by_job_id)
  return later ? [`A later attempt (${figure(later.attempt)}) completed, so it is fixed.`] : []
}

/** Who asks why something failed that did not is told what became of it. */
async function didNotFail({ db, organizationId, filter, timezone }: Asked): Promise<Answer | undefined> {
  const { statuses: _statuses, ...any } = filter
  const [row] = await listJobs(db, organizationId, any, { sort: 'createdAt', order: 'desc', limit: 1 })
  if (!row) return undefined
  return {
    answer: `None of them failed. The newest, ${plain(jobDefinition(row.type).label)} on ${plain(row.asset_qualified_name)} of ${momentText(row.created_at, timezone)}, is ${row.status}.`,
    jobs: [row.id],
  }
}

/** The errors that failed jobs have in common. */
export async function causesAnswer({ db, organizationId, filter, words, timezone }: Asked): Promise<Answer> {
  const causes = await failureCauses(db, organizationId, filter)
  if (!causes) return tooMany(words)
  const [first] = causes
  if (!first) return nothingFound(words)
  const all = causes.reduce((sum, { jobs }) => sum + jobs, 0)
  return {
    answer: [
      `Of ${jobsText(all)} that failed, ${figure(first.jobs)} did with **${plain(first.code)}**${causes.length > 1 ? `; there are ${figure(causes.length)} different errors` : ''}.`,
      quoted(first.message),
      `What to do: ${plain(first.hint)}`,
    ].join('\n\n'),
    jobs: causes.map(({ newestId }) => newestId),
    table: {
      columns: ['Error', 'Jobs', 'Assets', 'Last', 'Message'],
      rows: causes.map(({ code, jobs, assets, newestAt, message }) => [
        code,
        jobs,
        assets,
        momentText(newestAt, timezone),
        message.slice(0, 200),
      ]),
    },
    suggestions: ['Which assets fail most?', 'Show the trend'],
  }
}

/** Whether a later attempt completed what had failed. */
export async function retriedAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, filter, words, question, timezone } = asked
  const isOfOne = question.jobId !== undefined
  const failed = isOfOne ? filter : { ...filter, statuses: filter.statuses ?? (['failed'] as const) }
  const [row] = await listJobs(db, organizationId, failed, { sort: 'createdAt', order: 'desc', limit: 1 })
  if (!row) return nothingFound(words)
  const { chain } = await jobParts(db, row)
  const later = chain.filter(({ attempt }) => attempt > row.attempt)
  const last = later.at(-1)
  const what = `${plain(jobDefinition(row.type).label)} on ${plain(row.asset_qualified_name)}`
  const answer = !last
    ? `${what} was not retried${isOfOne ? `: it is ${row.status}, attempt ${figure(row.attempt)}` : ''}.`
    : last.status === 'completed'
      ? `Yes: attempt ${figure(last.attempt)} of ${what} completed${last.duration_ms === null ? '' : ` after ${spent(last.duration_ms)}`}.`
      : `No: attempt ${figure(last.attempt)} of ${what} is ${last.status}${last.error ? ` (${plain(last.error.code)})` : ''}.`
  return {
    answer,
    jobs: chain.map(({ id }) => id).toReversed(),
    table: {
      columns: ['Attempt', 'Status', 'Created', 'Error'],
      rows: chain
        .toReversed()
        .map(({ attempt, status, created_at: at, error }) => [
          attempt,
          status,
          momentText(at, timezone),
          error?.code ?? null,
        ]),
    },
    suggestions: ['Why?'],
  }
}
