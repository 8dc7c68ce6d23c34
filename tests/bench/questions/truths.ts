import type { JobStatus } from '@plumbline/workflows'
import type { PastJob } from './history.ts'
import { actors, connections } from './names.ts'

/** What is looked at of an answer. */
export interface GivenAnswer {
  answer: string
  jobs: string[]
  declined: boolean
  table?: { columns: string[]; rows: (string | number | null)[][] } | undefined
  chart?: { series: { name: string; values: (number | null)[] }[] } | undefined
}

/** A question and how its answer is told to be right. */
export interface AskedQuestion {
  question: string
  isRight(answer: GivenAnswer): boolean
}

const isEmpty = ({ answer }: GivenAnswer): boolean => answer.startsWith('There are no ')
const figureOf = (text: string): number => Number(/^[\d,]+/.exec(text)?.[0].replaceAll(',', ''))
const figure = (count: number): string => count.toLocaleString('en')
const idsOf = (jobs: readonly PastJob[], most: number): string =>
  jobs
    .slice(0, most)
    .map(({ id }) => id)
    .join()

export const count = (question: string, found: readonly PastJob[]): AskedQuestion => ({
  question,
  isRight: ({ answer }) => figureOf(answer) === found.length,
})

export const list = (question: string, found: readonly PastJob[]): AskedQuestion => ({
  question,
  isRight: (answer) => (found.length === 0 ? isEmpty(answer) : answer.jobs.join() === idsOf(found, 10)),
})

/** Whether there are any: told by their number or by showing them. */
export const some = (question: string, found: readonly PastJob[]): AskedQuestion => ({
  question,
  isRight: (answer) =>
    list(question, found).isRight(answer) ||
    (found.length > 0 ? answer.answer.includes(figure(found.length)) : /\bno\b|\b0\b/i.test(answer.answer)),
})

const ran = (found: readonly PastJob[]): number[] =>
  found.flatMap(({ durationMs }) => durationMs ?? []).toSorted((a, b) => a - b)
/** As an answer says them, below a minute. */
const secondsText = (ms: number): string => `${(Math.floor(Math.round(ms) / 100) / 10).toFixed(1)} s`

const duration =
  (of: (sorted: readonly number[]) => number | undefined) =>
  (question: string, found: readonly PastJob[]): AskedQuestion => {
    const ms = of(ran(found))
    return {
      question,
      isRight: (answer) =>
        ms === undefined
          ? isEmpty(answer)
          : ms >= 60_000 || answer.answer.split(';')[0]?.includes(secondsText(ms)) === true,
    }
  }

export const median = duration((sorted) => sorted[Math.ceil(sorted.length / 2) - 1])
export const average = duration((sorted) =>
  sorted.length === 0 ? undefined : sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length,
)

export const slowest = (question: string, found: readonly PastJob[]): AskedQuestion => {
  const completed = found.filter(({ status }) => status === 'completed')
  const longest = Math.max(...ran(completed))
  const first = new Set(completed.filter(({ durationMs }) => durationMs === longest).map(({ id }) => id))
  return { question, isRight: (answer) => (first.size === 0 ? isEmpty(answer) : first.has(answer.jobs[0] ?? '')) }
}

export const rate = (question: string, found: readonly PastJob[], of: JobStatus): AskedQuestion => {
  const ended = found.filter(({ status }) => status === 'completed' || status === 'failed')
  const share = ended.filter(({ status }) => status === of).length / ended.length
  const said = `${Math.round(share * 1_000) / 10} % ${of}`
  return { question, isRight: (answer) => (ended.length === 0 ? isEmpty(answer) : answer.answer.includes(said)) }
}

export const compared = (question: string, one: readonly PastJob[], other: readonly PastJob[]): AskedQuestion => ({
  question,
  isRight: ({ answer }) => new RegExp(`^${figure(one.length)} jobs? .* and ${figure(other.length)} `).test(answer),
})

/** Over time: the values drawn add up to what there was. */
export const perDay = (question: string, found: readonly PastJob[]): AskedQuestion => ({
  question,
  isRight: (answer) =>
    found.length === 0
      ? isEmpty(answer)
      : answer.chart?.series.flatMap(({ values }) => values).reduce((sum: number, value) => sum + (value ?? 0), 0) ===
        found.length,
})

export const why = (question: string, job: PastJob | undefined): AskedQuestion => ({
  question,
  isRight: ({ answer, jobs }) =>
    job === undefined ? jobs.length <= 1 : jobs[0] === job.id && answer.includes(job.errorCode ?? ''),
})

const most = <T extends string>(
  values: readonly T[],
  found: readonly PastJob[],
  of: (job: PastJob) => string | null,
) => {
  const counts = values.map((value) => found.filter((job) => of(job) === value).length)
  const highest = Math.max(...counts)
  return { highest, values: values.filter((_, index) => counts[index] === highest) }
}

/** The error that most of them failed with. */
export const errors = (question: string, found: readonly PastJob[]): AskedQuestion => {
  const codes = [...new Set(found.flatMap(({ errorCode }) => errorCode ?? []))]
  const { highest, values } = most(codes, found, ({ errorCode }) => errorCode)
  return {
    question,
    isRight: (answer) =>
      found.length === 0
        ? isEmpty(answer)
        : values.some((code) => answer.answer.includes(`${figure(highest)} did with **${code}**`)),
  }
}

export const busiest = (question: string, found: readonly PastJob[]): AskedQuestion => {
  const { highest, values } = most(actors, found, ({ actor }) => actor)
  return {
    question,
    isRight: (answer) =>
      found.length === 0
        ? isEmpty(answer)
        : values.some((actor) => answer.answer.includes(`Most: ${actor}, with ${figure(highest)} job`)),
  }
}

/** The database of most of them, and how many those are. */
export const place = (question: string, found: readonly PastJob[]): AskedQuestion => {
  const { highest, values } = most(connections, found, ({ connection }) => connection)
  return {
    question,
    isRight: ({ jobs, answer }) =>
      answer.includes(`with ${figure(highest)} job`) &&
      found.some(({ id, connection }) => id === jobs[0] && values.includes(connection)),
  }
}
