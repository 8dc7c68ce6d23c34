import { countJobs, listJobs, type JobRow, type JobTabCounts } from '@plumbline/store'
import { jobDefinition } from '@plumbline/workflows'
import { nothingFound, type Answer, type Asked } from './answer.ts'
import { figure, jobsText, momentText, plain, spent } from './plain-text.ts'

const shown = 10

/** The newest jobs, and how many there are. */
export async function listAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, filter, words, question } = asked
  const limit = Math.min(question.limit ?? shown, 100)
  const rows = await listJobs(db, organizationId, filter, { sort: 'createdAt', order: 'desc', limit })
  if (rows.length === 0) return nothingFound(words)
  const counts = await countJobs(db, organizationId, filter)
  const all = `${counts.capped.includes('all') ? 'at least ' : ''}${jobsText(counts.all)}`
  const which = rows.length < counts.all ? `; the newest ${figure(rows.length)} are listed` : ''
  return {
    answer: `There ${counts.all === 1 ? 'is' : 'are'} ${all}: ${plain(words)}${which}. ${byStatus(counts)}`.trim(),
    jobs: rows.map(({ id }) => id),
    table: jobTable(rows, asked.timezone),
    suggestions: ['How many of them failed?', 'Why?', 'How long do they take?'],
  }
}

function byStatus(counts: Awaited<ReturnType<typeof countJobs>>): string {
  const parts = (['completed', 'failed', 'active'] as const).filter((name) => counts[name] > 0)
  if (parts.length < 2) return ''
  return `Of these ${parts.map((name) => `${figure(counts[name])} ${name}`).join(', ')}.`
}

/** The jobs that took longest. */
export async function slowestAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, filter, words, question } = asked
  const limit = Math.min(question.limit ?? shown, 100)
  const page = { sort: 'durationMs', order: 'desc', limit } as const
  const completed = { ...filter, statuses: filter.statuses ?? ['completed'] } as const
  const rows = (await listJobs(db, organizationId, completed, page)).filter((row) => row.duration_ms !== null)
  const [first] = rows
  if (!first || first.duration_ms === null) return nothingFound(words)
  return {
    answer: `The slowest took ${spent(first.duration_ms)}: ${plain(labelOf(first))} on ${plain(first.asset_qualified_name)}, created ${momentText(first.created_at, asked.timezone)}.`,
    jobs: rows.map(({ id }) => id),
    table: jobTable(rows, asked.timezone),
    suggestions: ['How long do they usually take?', 'Show the trend'],
  }
}

/** How many, and in which statuses. */
export async function countAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, filter, words, question } = asked
  const counts = await countJobs(db, organizationId, filter)
  const least = counts.capped.includes('all') ? 'at least ' : ''
  const newest = await listJobs(db, organizationId, filter, { sort: 'createdAt', order: 'desc', limit: shown })
  return {
    answer: `${least}${jobsText(counts.all)}: ${plain(words)}.`.replace(/^./, (letter) => letter.toUpperCase()),
    jobs: newest.map(({ id }) => id),
    ...(question.statuses.length === 0 && counts.all > 0 && { table: statusTable(counts) }),
    suggestions: counts.all > 0 ? ['Show them', 'And the week before?'] : [],
  }
}

function statusTable({ capped, ...counts }: JobTabCounts): Answer['table'] {
  const cell = (name: 'all' | 'active' | 'completed' | 'failed', jobs = counts[name]) =>
    capped.includes(name) ? `at least ${figure(jobs)}` : jobs
  const cancelled = counts.all - counts.active - counts.completed - counts.failed
  return {
    columns: ['Status', 'Jobs'],
    rows: [
      ['pending or running', cell('active')],
      ['completed', cell('completed')],
      ['failed', cell('failed')],
      ['cancelled', cell('all', cancelled)],
    ],
  }
}

/** When the newest was, and what became of it. */
export async function lastAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, filter, words, timezone } = asked
  const [row] = await listJobs(db, organizationId, filter, { sort: 'createdAt', order: 'desc', limit: 1 })
  if (!row) return nothingFound(words)
  const at = row.ended_at ?? row.started_at ?? row.created_at
  return {
    answer: `Last on ${momentText(at, timezone)}: ${plain(labelOf(row))} on ${plain(row.asset_qualified_name)}, ${row.status}${row.duration_ms === null ? '' : ` after ${spent(row.duration_ms)}`}.`,
    jobs: [row.id],
    suggestions: ['How long does it usually take?', 'Who started it?'],
  }
}

const labelOf = (row: JobRow): string => jobDefinition(row.type).label

const jobTable = (rows: readonly JobRow[], timezone: string): Answer['table'] => ({
  columns: ['Job', 'On', 'Status', 'Created', 'Took', 'Started by'],
  rows: rows.map((row) => [
    labelOf(row),
    row.asset_qualified_name,
    row.status,
    momentText(row.created_at, timezone),
    row.duration_ms === null ? null : spent(row.duration_ms),
    row.actor,
  ]),
})
