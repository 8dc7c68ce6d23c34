import { z } from 'zod'
import { createRecordOn } from '../support/databases.ts'
import type { Servers } from '../support/servers.ts'
import { startBenchGateway, type BenchGateway } from './jobs/bench-gateway.ts'
import { quantile } from './jobs/timing.ts'
import { generateHistory, type PastJob } from './questions/history.ts'
import { timeQuestions } from './questions/many-jobs.ts'
import { askThroughModel } from './questions/model-run.ts'
import { observedParaphrases, observedQuestions } from './questions/observed-questions.ts'
import { paraphrases } from './questions/paraphrases.ts'
import { questionSet } from './questions/question-set.ts'
import type { AskedQuestion } from './questions/truths.ts'
import type { Report } from './report.ts'

/** `JOBS=5000000 npm run bench -- questions`: times them also among so many generated jobs, a multiple of 100. */
const size = Number(process.env['JOBS'] ?? 0)
/** Whose jobs the history has. */
const asker = 'ann'
const zAnswer = z.object({
  answer: z.string(),
  jobs: z.array(z.string()),
  declined: z.boolean(),
  table: z
    .object({ columns: z.array(z.string()), rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))) })
    .optional(),
  chart: z
    .object({ series: z.array(z.object({ name: z.string(), values: z.array(z.number().nullable()) })) })
    .optional(),
})

/** Questions with truths reckoned from a generated history, asked over HTTP: right, declined, without invented ids, and how fast. */
export async function main(servers: Servers, report: Report): Promise<void> {
  const databaseUrl = await createRecordOn(servers.postgresUrl)
  const past = await generateHistory(databaseUrl, asker)
  const gateway = await startBenchGateway(databaseUrl)
  try {
    await measure(gateway, past, report)
  } finally {
    await gateway.stop()
  }
  const questions = setsOf(past).flatMap((set) => set.questions.map(({ question }) => question))
  await askThroughModel(databaseUrl, questions, report)
  if (size > 0) await timeQuestions(await createRecordOn(servers.postgresUrl), size, report)
}

/** The questions are reckoned anew for each run: what is this week moves on. */
const setsOf = (past: readonly PastJob[]) => [
  { name: 'made of parts', questions: [...questionSet(past, 'admin', Date.now()), ...observedQuestions] },
  { name: 'as people type', questions: [...paraphrases(past, Date.now()), ...observedParaphrases] },
]

async function measure(gateway: BenchGateway, past: readonly PastJob[], report: Report): Promise<void> {
  const known = new Set(past.map(({ id }) => id))
  const times: number[] = []
  let invented = 0
  for (const { name, questions } of setsOf(past)) {
    const wrong: AskedQuestion[] = []
    for (const one of questions) {
      const begun = performance.now()
      const answer = await ask(gateway, one.question)
      times.push(performance.now() - begun)
      invented += answer.jobs.filter((id) => !known.has(id)).length
      if (one.isRight(answer)) continue
      wrong.push(one)
      process.stdout.write(`wrong: ${one.question} → ${answer.answer.split('\n')[0] ?? ''}\n`)
    }
    const right = 1 - wrong.length / questions.length
    report.add({
      name: `answered right of ${questions.length} ${name}`,
      figure: `${(100 * right).toFixed(1)} %`,
      target: '≥ 95 %',
      ok: right >= 0.95,
    })
  }
  const p95 = quantile(times, 0.95)
  report.add({ name: 'ids that are of no job', figure: String(invented), target: '0', ok: invented === 0 })
  report.add({ name: `p95 at ${past.length} jobs`, figure: `${p95.toFixed(0)} ms`, target: '≤ 100 ms', ok: p95 <= 100 })
}

async function ask({ base, token }: BenchGateway, question: string) {
  const response = await fetch(`${base}/api/v1/ask`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ question }),
  })
  if (!response.ok) throw new Error(`${question}: ${await response.text()}`)
  return zAnswer.parse(await response.json())
}
