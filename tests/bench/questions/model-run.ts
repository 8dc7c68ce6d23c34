import { z } from 'zod'
import { startModelServer, type ModelRequest, type Treatment } from '../../support/model-server/model-server.ts'
import { startBenchGateway } from '../jobs/bench-gateway.ts'
import type { Report } from '../report.ts'

const zAnswer = z.object({ answer: z.string(), jobs: z.array(z.string()), engine: z.enum(['rules', 'model']) })
const zResult = z.object({ answer: z.string(), jobs: z.array(z.string()) })

const calls: readonly (readonly [tool: string, input: object])[] = [
  ['count_jobs', {}],
  ['find_jobs', { statuses: ['failed'] }],
  ['job_durations', { types: ['schema_discovery'] }],
  ['success_rate', {}],
  ['failures_by_cause', {}],
  ['explain_failure', {}],
  ['most_jobs_by', { by: 'asset' }],
  ['table_freshness', {}],
  ['unusual_metrics', {}],
  ['schedules', { aspect: 'next' }],
  ['connections', {}],
]

type Saying = (first: string, id: string, n: number) => string
/** What a model says of a result that it copies: as it is, or with one of its ids. */
const honest: readonly Saying[] = [(first) => first, (first, id) => (id === '' ? first : `${first} One is ${id}.`)]
/** And where it makes something up: reckoned, a share, an id of its own, in words. */
const inventive: readonly Saying[] = [
  (_, __, n) => `There were about ${n * 37 + 1_000_000} of them.`,
  (first) => `${first} That is 12.3456 % more than before.`,
  () => `The job is ${crypto.randomUUID()}.`,
  (_, __, n) => `Between forty and ninety jobs, some ${n}000 a day, failed.`,
]
const sayings = [...honest, ...inventive]
const isHonest = (n: number): boolean => n % sayings.length < honest.length

/** The figures and ids of a text, found in another way than the gateway does. */
const figures = (text: string): string[] => text.replaceAll(/(?<=\d),(?=\d{3})/g, '').match(/\d+(?:\.\d+)?/g) ?? []

/** Asks each question of a gateway whose model invents more often than it copies: nothing that is of no tool's result may be sent. */
export async function askThroughModel(
  databaseUrl: string,
  questions: readonly string[],
  report: Report,
): Promise<void> {
  const server = await startModelServer()
  const gateway = await startBenchGateway(databaseUrl, {
    PLUMBLINE_MODEL_PROVIDER: 'openai-compatible',
    PLUMBLINE_MODEL: 'a-model',
    PLUMBLINE_MODEL_BASE_URL: `${server.url}/v1`,
    PLUMBLINE_QUESTIONS_TOKENS_PER_DAY: '1000000000',
  })
  let [invented, byModel, copied, copiedAndSent] = [0, 0, 0, 0]
  try {
    for (const [n, question] of questions.entries()) {
      server.requests = []
      server.treat = (request) => treatment(request, n)
      const { answer, jobs, engine } = zAnswer.parse(await ask(gateway, question))
      if (server.requests.length > 0 && isHonest(n)) copied++
      if (engine === 'rules') continue
      byModel++
      if (isHonest(n)) copiedAndSent++
      const results = server.requests.flatMap((request) => request.results)
      const known = new Set(results.flatMap(figures))
      invented += figures(answer.replaceAll('\\', '')).filter((figure) => !known.has(figure)).length
      invented += jobs.filter((id) => !results.some((result) => result.includes(id))).length
    }
  } finally {
    await gateway.stop()
    await server.close()
  }
  const share = copiedAndSent / copied
  report.add({
    name: `figures and ids of no result in ${byModel} answers of a model to ${questions.length} questions`,
    figure: String(invented),
    target: '0',
    ok: invented === 0 && byModel > 0,
  })
  report.add({
    name: `sent of ${copied} answers that copied`,
    figure: `${(100 * share).toFixed(1)} %`,
    target: '≥ 95 %',
    ok: share >= 0.95,
  })
}

function treatment({ results }: ModelRequest, n: number): Treatment {
  const [tool, input] = calls[n % calls.length] ?? ['count_jobs', {}]
  const result = results.at(-1)
  if (result === undefined) return { kind: 'call', tool, input }
  const { answer, jobs } = zResult.parse(JSON.parse(result))
  const [first = ''] = answer.split('\n')
  const say = sayings[n % sayings.length]
  return { kind: 'text', text: say?.(first, jobs[0] ?? '', n) ?? '' }
}

async function ask({ base, token }: { base: string; token: string }, question: string): Promise<unknown> {
  const response = await fetch(`${base}/api/v1/ask`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ question, engine: 'model' }),
  })
  if (!response.ok) throw new Error(`${question}: ${await response.text()}`)
  return response.json()
}
