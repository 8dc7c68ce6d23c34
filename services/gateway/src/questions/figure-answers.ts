import {
  countJobs,
  groupJobs,
  jobTrends,
  listJobs,
  sampledJobs,
  sampleDurations,
  type JobFilter,
  type JobGroup,
  type JobGrouping,
} from '@plumbline/store'
import { jobDefinition } from '@plumbline/workflows'
import { trendTimes } from '../trends/trend-request.ts'
import { nothingFound, tooMany, type Answer, type Asked } from './answer.ts'
import { figure, jobsText, percentText, plain, spent } from './plain-text.ts'
import { wordsOf } from './question-scope.ts'

/** How long the jobs took: those that completed, where no status is asked for. */
export async function durationAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, question } = asked
  const statuses = question.statuses.length > 0 ? question.statuses : (['completed'] as const)
  const filter = { ...asked.filter, statuses }
  const words = wordsOf({ ...question, statuses: [...statuses] })
  const sample = await sampleDurations(db, organizationId, filter)
  if (!sample) return tooMany(words)
  if (sample.runs === 0) return nothingFound(words)
  const first = {
    average: `On average ${spent(sample.meanMs)}`,
    median: `Half of them took at most ${spent(sample.p50Ms)}`,
    p95: `95 % of them took at most ${spent(sample.p95Ms)}`,
    usual: `Usually ${spent(sample.p50Ms)} (the median)`,
  }[question.figure ?? 'usual']
  const of = `${sample.runs === sampledJobs ? 'the newest ' : ''}${figure(sample.runs)}`
  const jobs = await listJobs(db, organizationId, filter, { sort: 'createdAt', order: 'desc', limit: 5 })
  return {
    answer: `${first}; 95 % take at most ${spent(sample.p95Ms)}, the longest took ${spent(sample.maxMs)}. Taken from ${of} ${plain(words)}.`,
    jobs: jobs.map(({ id }) => id),
    table: {
      columns: ['Runs', 'Average', 'Median', '95th percentile', 'Longest'],
      rows: [[sample.runs, spent(sample.meanMs), spent(sample.p50Ms), spent(sample.p95Ms), spent(sample.maxMs)]],
    },
    suggestions: ['Which were the slowest?', 'Show the trend'],
  }
}

/** How many of those that ended well or badly did so. */
export async function rateAnswer({ db, organizationId, filter, words }: Asked): Promise<Answer> {
  const counts = await countJobs(db, organizationId, filter)
  const judged = counts.completed + counts.failed
  if (judged === 0) return nothingFound(`completed or failed ${words}`)
  const least = counts.capped.length > 0 ? ' Counting ended at 10,000, so this is of the newest.' : ''
  const failed = await listJobs(
    db,
    organizationId,
    { ...filter, statuses: ['failed'] },
    { sort: 'createdAt', order: 'desc', limit: 5 },
  )
  return {
    answer: `${percentText(counts.completed / judged)} completed and ${percentText(counts.failed / judged)} failed: ${figure(counts.completed)} of ${jobsText(judged)} that ended, and ${figure(counts.failed)}.${least}`,
    jobs: failed.map(({ id }) => id),
    table: {
      columns: ['Completed', 'Failed', 'Success'],
      rows: [[counts.completed, counts.failed, percentText(counts.completed / judged)]],
    },
    suggestions: ['What are the most common causes?', 'Show the trend'],
  }
}

/** Two times beside each other; the one before is as long where none is said. */
export async function compareAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, filter, question, now } = asked
  const to = question.time?.to ?? now
  const from = question.time?.from ?? new Date(to.getTime() - weekMs)
  const before = question.before ?? {
    from: new Date(2 * from.getTime() - to.getTime()),
    to: from,
    words: 'the same time before',
  }
  const read = async (of: Pick<JobFilter, 'createdAfter' | 'createdBefore'>) => {
    const within = { ...filter, ...of }
    const completed = { ...within, statuses: ['completed'] } as const
    return {
      counts: await countJobs(db, organizationId, within),
      took: await sampleDurations(db, organizationId, completed),
    }
  }
  const one = await read({ createdAfter: from, createdBefore: to })
  const other = await read({ createdAfter: before.from, createdBefore: before.to })
  const change = one.counts.all - other.counts.all
  const verdict = change === 0 ? 'as many' : `${figure(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'}`
  const said = question.time?.words ?? 'the last 7 days'
  const tookOf = ({ took }: typeof one) => (took && took.runs > 0 ? spent(took.p50Ms) : null)
  const row = (name: string, { counts, ...rest }: typeof one) => [
    name,
    counts.all,
    counts.completed,
    counts.failed,
    tookOf({ counts, ...rest }),
  ]
  return {
    answer: `${jobsText(one.counts.all)} ${plain(said)} and ${figure(other.counts.all)} ${plain(before.words)}: ${verdict}.`,
    jobs: [],
    table: {
      columns: ['Time', 'Jobs', 'Completed', 'Failed', 'Median'],
      rows: [row(said, one), row(before.words, other)],
    },
    chart: {
      kind: 'bar',
      x: [before.words, said],
      series: [
        { name: 'completed', values: [other.counts.completed, one.counts.completed] },
        { name: 'failed', values: [other.counts.failed, one.counts.failed] },
      ],
    },
    suggestions: ['What are the most common causes?'],
  }
}
const weekMs = 7 * 86_400_000

/** Counts and durations over time. */
export async function trendAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, filter, words, question, timezone, now } = asked
  const { createdAfter: _from, createdBefore: _to, ...rest } = filter
  const times = trendTimes({ from: question.time?.from, to: question.time?.to }, now)
  const trends = await jobTrends(db, organizationId, { filter: rest, ...times, timezone })
  if (!trends) return tooMany(words)
  const all = Object.values(trends.total.counts).reduce((sum, count) => sum + count, 0)
  if (all === 0) return nothingFound(words)
  const used = trends.buckets.filter(({ counts }) => Object.values(counts).some((count) => count > 0))
  const [first, last] = [used[0], used.at(-1)]
  const day = (at: Date) => at.toLocaleDateString('sv', { timeZone: timezone })
  const medians =
    first?.duration && last?.duration && first !== last
      ? ` The median went from ${spent(first.duration.p50)} (${day(first.start)}) to ${spent(last.duration.p50)} (${day(last.start)}).`
      : ''
  return {
    answer: `${jobsText(all)} by ${times.bucket}: ${figure(trends.total.counts.completed)} completed, ${figure(trends.total.counts.failed)} failed.${medians}`,
    jobs: [],
    chart: {
      kind: 'bar',
      x: trends.buckets.map(({ start }) => day(start)),
      series: [
        { name: 'completed', values: trends.buckets.map(({ counts }) => counts.completed) },
        { name: 'failed', values: trends.buckets.map(({ counts }) => counts.failed) },
      ],
    },
    table: {
      columns: ['From', 'Completed', 'Failed', 'Median', '95th percentile'],
      rows: used.map(({ start, counts, duration }) => [
        day(start),
        counts.completed,
        counts.failed,
        duration && spent(duration.p50),
        duration && spent(duration.p95),
      ]),
    },
    suggestions: ['Which were the slowest?'],
  }
}

/** Where, of which type, by whom or when there were most. */
export async function busiestAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, filter, words, question, timezone } = asked
  const groups = await groupJobs(db, organizationId, filter, question.by ?? 'asset', timezone)
  if (!groups) return tooMany(words)
  const [first] = groups
  if (!first) return nothingFound(words)
  return {
    answer: `Most: ${plain(nameOf(first))}, with ${jobsText(first.jobs)} of the ${plain(words)}${sampleNote(groups)}.`,
    jobs: groups.map(({ newestId }) => newestId),
    table: groupTable(groups, question.by ?? 'asset'),
    suggestions: ['What are the most common causes?', 'How long do they take?'],
  }
}

/** Who started or cancelled them. */
export async function whoAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, filter, words, question, timezone } = asked
  const by: JobGrouping = question.action === 'cancelled' ? 'canceller' : 'actor'
  const groups = await groupJobs(db, organizationId, filter, by, timezone)
  if (!groups) return tooMany(words)
  const [first] = groups
  if (!first) return nothingFound(words)
  const did = question.action === 'cancelled' ? 'cancelled' : 'started'
  const others = groups.length - 1
  return {
    answer: `${plain(first.name)} ${did} ${others === 0 && first.jobs === 1 ? 'it' : jobsText(first.jobs)}${others > 0 ? `, ${figure(others)} others the rest` : ''}: ${plain(words)}${sampleNote(groups)}.`,
    jobs: groups.map(({ newestId }) => newestId),
    table: groupTable(groups, by),
    suggestions: ['When was the last?'],
  }
}

const nameOf = ({ name, type }: JobGroup): string => (type === null ? name : jobDefinition(type).label)

const sampleNote = (groups: readonly JobGroup[]): string =>
  groups.reduce((sum, { jobs }) => sum + jobs, 0) >= sampledJobs ? ` (the newest ${figure(sampledJobs)})` : ''

const headings: Record<JobGrouping, string> = {
  type: 'Type',
  asset: 'Asset',
  actor: 'Who',
  day: 'Day',
  canceller: 'Who',
}

const groupTable = (groups: readonly JobGroup[], by: JobGrouping): Answer['table'] => ({
  columns: [headings[by], 'Jobs'],
  rows: groups.map((group) => [nameOf(group), group.jobs]),
})
