import { createTableSchema, loadParser } from '@plumbline/analysis'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { answerOf } from './lineage/answer.ts'
import { readCases, type Answer, type LineageCase } from './lineage/cases.ts'
import { scoreOf } from './lineage/score.ts'
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
  reportSpeed(report, cases.length, answer)
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

function reportSpeed(report: Report, count: number, answer: () => Answer[]): void {
  for (let round = 0; round < warmUp; round++) answer()
  const begun = performance.now()
  for (let round = 0; round < rounds; round++) answer()
  const rate = (rounds * count) / ((performance.now() - begun) / 1000)
  report.add({
    name: 'statements of the cases',
    figure: `${rate.toFixed(0)} a second`,
    target: '≥ 1500 a second',
    ok: rate >= 1500,
  })
}
