import { createTableSchema, loadParser, scriptLineage } from '@plumbline/analysis'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { answerOf } from './lineage/answer.ts'
import { readCases, type Answer, type LineageCase } from './lineage/cases.ts'
import { reportOwnCases } from './lineage/own-cases.ts'
import { comparePeers, type Peers } from './lineage/peers.ts'
import { scoreOf } from './lineage/score.ts'
import type { PythonResult } from './python.ts'
import type { Report } from './report.ts'

/** Nothing but computation. */
export const needsServers = false

/** Rounds before and while the clock runs: what a worker does after its first second. */
const [warmUp, rounds] = [5, 20]

/** How many of labelled cases are answered exactly, and how fast. */
export async function main(report: Report, args: readonly string[]): Promise<void> {
  const options = {
    cases: { type: 'string', default: '../shared/cases/lineage.jsonl' },
    out: { type: 'string' },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  const cases = readCases(values.cases)
  await loadParser()
  const schemas = cases.map(({ schema }) => createTableSchema(schema))
  const answer = () => cases.map((one, index) => answerOf(one, schemas[index] ?? createTableSchema({})))
  const answers = answer()
  if (values.out !== undefined) writeFileSync(values.out, answers.map((one) => `${JSON.stringify(one)}\n`).join(''))

  reportShares(report, 'all', cases, answers)
  for (const dialect of new Set(cases.map((one) => one.dialect))) {
    const indexes = cases.flatMap((one, index) => (one.dialect === dialect ? [index] : []))
    reportShares(
      report,
      dialect,
      indexes.flatMap((index) => cases[index] ?? []),
      indexes.flatMap((index) => answers[index] ?? []),
    )
  }
  reportOwnCases(report)
  const peers = await comparePeers(cases)
  if (peers.kind === 'skipped') process.stdout.write(`sqlglot and the queries of TPC-DS: skipped, ${peers.reason}\n`)
  reportSpeed(report, cases.length, answer, peers)
  if (peers.kind === 'done') reportTpcds(report, peers.value)
  reportManyViews(report)
}

function reportShares(report: Report, of: string, cases: readonly LineageCase[], answers: readonly Answer[]): void {
  const scores = cases.flatMap((one, index) => {
    const given = answers[index]
    return given ? [{ id: one.id, ...scoreOf(one, given) }] : []
  })
  for (const [kind, least] of [
    ['tables', 0.98],
    ['columns', 0.95],
  ] as const) {
    const scored = scores.filter((score) => score[kind] !== null)
    const wrong = scored.filter((score) => !score[kind]).map(({ id }) => id)
    const share = scored.length === 0 ? 1 : 1 - wrong.length / scored.length
    const which = wrong.length > 0 ? `, not ${wrong.slice(0, 40).join(' ')}` : ''
    report.add({
      name: `${of}: ${kind} exact`,
      figure: `${share.toFixed(3)} of ${scored.length}${which}`,
      target: `≥ ${least}`,
      ok: share >= least,
    })
  }
}

function reportSpeed(report: Report, count: number, answer: () => Answer[], peers: PythonResult<Peers>): void {
  const rate = rateOf(count, answer)
  report.add({
    name: 'statements of the cases',
    figure: `${rate.toFixed(0)} a second`,
    target: '≥ 1500 a second',
    ...(peers.kind === 'done' ? { reference: sqlglotText(peers.value, 'cases') } : {}),
    ok: rate >= 1500,
  })
}

function reportTpcds(report: Report, peers: Peers): void {
  const schema = createTableSchema(peers.tpcds.schema)
  const trace = () => peers.tpcds.queries.map((sql) => scriptLineage(sql, 'postgres', schema))
  const untold = trace().filter((statements) =>
    statements.some(({ failure, sources }) => failure || sources.length === 0),
  )
  const rate = rateOf(peers.tpcds.queries.length, trace)
  report.add({
    name: 'queries of TPC-DS',
    figure: `${rate.toFixed(0)} a second, ${untold.length} of ${peers.tpcds.queries.length} not traced`,
    target: '≥ 100 a second, all traced',
    reference: sqlglotText(peers, 'tpcds'),
    ok: rate >= 100 && untold.length === 0,
  })
}

const sqlglotText = ({ sqlglot }: Peers, set: 'cases' | 'tpcds'): string => {
  const { perSecond, failed } = sqlglot.rates[set]
  return `sqlglot ${sqlglot.version} ${perSecond.toFixed(0)} a second, ${failed} raised`
}

const manyViews = { count: 10_000, seconds: 20, mb: 600 }
const manyViewsResult = z.object({ seconds: z.number(), edges: z.number(), peakMb: z.number() })

function reportManyViews(report: Report): void {
  const script = fileURLToPath(new URL('lineage/many-views.ts', import.meta.url))
  const output = execFileSync(process.execPath, [script, String(manyViews.count)], { timeout: 300_000 })
  const { seconds, edges, peakMb } = manyViewsResult.parse(JSON.parse(output.toString()))
  report.add({
    name: `${manyViews.count} views from cold`,
    figure: `${seconds.toFixed(1)} s, ${peakMb.toFixed(0)} MB, ${edges} edges`,
    target: `≤ ${manyViews.seconds} s, ≤ ${manyViews.mb} MB`,
    ok: seconds <= manyViews.seconds && peakMb <= manyViews.mb,
  })
}

function rateOf(count: number, work: () => unknown): number {
  for (let round = 0; round < warmUp; round++) work()
  const begun = performance.now()
  for (let round = 0; round < rounds; round++) work()
  return (rounds * count) / ((performance.now() - begun) / 1000)
}
