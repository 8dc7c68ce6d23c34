import { findFreshness, freshnessIn, type FreshnessRecord } from '@plumbline/store'
import { freshnessReasonTexts, freshnessStateTexts, type FreshnessState } from '@plumbline/workflows'
import type { Answer, Asked } from './answer.ts'
import { placeAsked } from './asked-place.ts'
import { figure, momentText, plain, spent } from './plain-text.ts'

const shown = 20
const isRelation = (kind: string): boolean => kind !== 'database' && kind !== 'schema'

/** Whether a table is fresh, or which tables of a place, or of all, are in which state. */
export async function freshnessAnswer(asked: Asked): Promise<Answer> {
  const place = await placeAsked(asked)
  if (place && isRelation(place.kind)) return ofRelation(asked, place)
  const { db, organizationId, question, timezone } = asked
  const found = await freshnessIn(db, organizationId, place, { states: question.states, limit: shown })
  const where = place ? ` of ${plain(place.name)}` : ''
  if (!found) return { answer: `There are too many tables${where} to go through while you wait.`, jobs: [] }
  const { counts, tables, checkedAt } = found
  const checked = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (checked === 0) return { answer: `No freshness check has looked at the tables${where} yet.`, jobs: [] }
  const told: readonly FreshnessState[] = question.states ?? overdue
  const all = told.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0)
  const rest = question.states ? [] : [...counts.keys()].filter((state) => !told.includes(state))
  const first = `${figure(all)} of ${tablesText(checked)}${where} ${all === 1 ? 'is' : 'are'} ${told.join(' or ')}${told.length > 1 && all > 0 ? ` (${partsText(counts, told)})` : ''}${rest.length > 0 ? `, ${partsText(counts, rest)}` : ''}.`
  const listed = question.states ? all : checked
  return {
    answer: `${first}${tables.length < listed && tables.length > 0 ? ` The worst ${figure(tables.length)} are listed.` : ''} Last checked on ${checkedAt ? momentText(checkedAt, timezone) : 'an unknown day'}.`,
    jobs: [...new Set(tables.map(({ jobId }) => jobId))],
    ...(tables.length > 0 && { table: tableOf(tables, asked) }),
    suggestions: ['Are there any unusual metrics?', 'Which freshness checks failed?'],
  }
}

/** What is asked first, where no state is. */
const overdue = ['stale', 'late'] as const

const partsText = (counts: ReadonlyMap<FreshnessState, number>, states: readonly FreshnessState[]): string =>
  states.map((state) => `${figure(counts.get(state) ?? 0)} ${state}`).join(', ')

const tablesText = (count: number): string => `${figure(count)} ${count === 1 ? 'table' : 'tables'}`

async function ofRelation(asked: Asked, place: { id: string; name: string }): Promise<Answer> {
  const { db, organizationId, timezone, now } = asked
  const record = await findFreshness(db, organizationId, place.id)
  if (!record)
    return {
      answer: `No freshness check has looked at ${plain(place.name)} yet.`,
      jobs: [],
      suggestions: ['Which tables are stale?'],
    }
  const { state, finding, since, checkedAt } = record
  const updated = finding.last
    ? `It was last updated on ${momentText(new Date(finding.last.at), timezone)}, ${spent(Math.max(0, now.getTime() - Date.parse(finding.last.at)))} ago.`
    : finding.reason === null
      ? ''
      : `${freshnessReasonTexts[finding.reason]}.`
  const lines = [
    `${plain(place.name)} is **${state}** since ${momentText(since, timezone)}: ${freshnessStateTexts[state]}.`,
    updated,
    `Last checked on ${momentText(checkedAt, timezone)}.`,
  ]
  return {
    answer: lines.filter((line) => line !== '').join(' '),
    jobs: [record.jobId],
    table: tableOf([record], asked),
    suggestions: ['Which tables are stale?'],
  }
}

const tableOf = (tables: readonly FreshnessRecord[], { timezone }: Asked): Answer['table'] => ({
  columns: ['Table', 'State', 'Since', 'Last update', 'Checked'],
  rows: tables.map(({ asset, state, since, finding, checkedAt }) => [
    asset.qualifiedName,
    state,
    momentText(since, timezone),
    finding.last ? momentText(new Date(finding.last.at), timezone) : null,
    momentText(checkedAt, timezone),
  ]),
})
