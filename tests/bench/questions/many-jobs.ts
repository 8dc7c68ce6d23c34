import { z } from 'zod'
import { startBenchGateway } from '../jobs/bench-gateway.ts'
import { generateJobs } from '../jobs/generate-jobs.ts'
import { quantile } from '../jobs/timing.ts'
import type { Report } from '../report.ts'

const subjects = ['jobs', 'schema discovery jobs', 'freshness checks', 'tag generations', 'lineage extractions']
const places = ['', 'on "Warehouse 3"', 'of "Warehouse 39"', 'on warehouse_7', 'on people_2']
const people = ['', '', '', 'started by person4@example.com', 'started by airflow']
const times = ['', 'today', 'yesterday', 'this week', 'last week', 'this month', 'in the last 90 days', 'this year']

/** A question of each kind, of jobs that are told in words. */
const kinds: Record<string, (jobs: string, when: string) => string> = {
  count: (jobs, when) => `How many ${jobs} were there ${when}?`,
  failed: (jobs, when) => `How many ${jobs} failed ${when}?`,
  list: (jobs, when) => `Show me cancelled ${jobs} ${when}`,
  duration: (jobs, when) => `How long do ${jobs} usually take ${when}?`,
  slowest: (jobs, when) => `Which ${jobs} were the slowest ${when}?`,
  rate: (jobs, when) => `What is the success rate of ${jobs} ${when}?`,
  causes: (jobs, when) => `What are the most common errors of ${jobs} ${when}?`,
  why: (jobs, when) => `Why did the last of the ${jobs} fail ${when}?`,
  who: (jobs, when) => `Who started the most ${jobs} ${when}?`,
  where: (jobs, when) => `Which tables have the most failed ${jobs} ${when}?`,
  waiting: (jobs) => `Why are ${jobs} waiting?`,
  last: (jobs, when) => `When was the last of the ${jobs} ${when}?`,
}
const rounds = 12

const zAnswer = z.object({ answer: z.string(), declined: z.boolean() })

/** Times questions of every kind about `size` generated jobs. What they come to is looked at elsewhere, at a size where it can be reckoned. */
export async function timeQuestions(databaseUrl: string, size: number, report: Report): Promise<void> {
  await generateJobs(databaseUrl, size)
  const gateway = await startBenchGateway(databaseUrl)
  try {
    const timed: Timed[] = []
    for (const { kind, question } of questions()) timed.push({ kind, question, ...(await time(gateway, question)) })
    for (const kind of Object.keys(kinds)) {
      const [slowest] = timed.filter((one) => one.kind === kind).toSorted((a, b) => b.ms - a.ms)
      if (slowest) process.stdout.write(`${kind}: at most ${slowest.ms.toFixed(0)} ms, for: ${slowest.question}\n`)
    }
    const all = timed.map(({ ms }) => ms)
    const p95 = quantile(all, 0.95)
    const left = timed.filter(({ isAnswered }) => !isAnswered).length
    const figure = `${p95.toFixed(0)} ms`
    report.add({ name: `p95 of questions about ${size} jobs`, figure, target: '≤ 100 ms', ok: p95 <= 100 })
    report.add({ name: `of ${all.length}, not answered`, figure: String(left), target: '0', ok: left === 0 })
  } finally {
    await gateway.stop()
  }
}

interface Timed {
  kind: string
  question: string
  ms: number
  /** Not declined, and not left because it would take too long. */
  isAnswered: boolean
}

/** Each kind of jobs, places, people and times that come together anew each time. */
const questions = (): { kind: string; question: string }[] =>
  Object.entries(kinds).flatMap(([kind, questionOf], k) =>
    Array.from({ length: rounds }, (_, n) => {
      const seed = k * rounds + n
      const jobs = [part(subjects, seed), part(places, seed + n), part(people, seed + 2 * n)]
      return { kind, question: questionOf(jobs.filter((words) => words !== '').join(' '), part(times, n)) }
    }),
  )

const part = (words: readonly string[], n: number): string => words[n % words.length] ?? ''

async function time(
  { base, token }: { base: string; token: string },
  question: string,
): Promise<Pick<Timed, 'ms' | 'isAnswered'>> {
  const begun = performance.now()
  const response = await fetch(`${base}/api/v1/ask`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ question }),
  })
  const body = await response.text()
  const ms = performance.now() - begun
  const { declined, answer } = zAnswer.parse(JSON.parse(body))
  return { ms, isAnswered: !declined && !answer.includes('too many') }
}
