import { sentence, textOf, type Fact, type WrittenText } from '@plumbline/analysis'
import { columnParts, relationParts } from '@plumbline/workflows'
import { z } from 'zod'
import type { Asked } from './prompt.ts'

const longestSentence = 400
/** Of a table, or of a column. */
const mostSentences = 12

/** As it is asked for: providers know few of the limits that a schema can have, so the rest is checked here. */
const zSentence = z.object({
  part: z.string(),
  text: z.string(),
  facts: z.array(z.string()),
  confidence: z.number(),
})
type Sentence = z.infer<typeof zSentence>

export const zAnswer = z.object({
  table: z.array(zSentence),
  columns: z.array(z.object({ name: z.string(), sentences: z.array(zSentence) })),
})
const zStrictAnswer = z.strictObject({
  table: z.array(zSentence.strict()).max(mostSentences),
  columns: z.array(z.strictObject({ name: z.string(), sentences: z.array(zSentence.strict()).max(mostSentences) })),
})

export type CheckedAnswer = { kind: 'usable'; texts: WrittenText[] } | { kind: 'unusable'; problems: string[] }

/** More would only repeat themselves. */
const mostProblems = 8

/**
 * An answer as texts, if it is what was asked for: about these columns and no others, each sentence of a known part and resting on
 * facts about this very table or column, without links and markup that no fact has.
 */
export function checkAnswer(text: string, asked: Asked): CheckedAnswer {
  const json = parseJson(text)
  if (json === undefined) return { kind: 'unusable', problems: ['It is not one JSON object'] }
  const answer = zStrictAnswer.safeParse(json)
  if (!answer.success) {
    const problems = answer.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    return { kind: 'unusable', problems: problems.slice(0, mostProblems) }
  }
  const { table, columns } = answer.data
  const named = new Map(columns.map((column) => [column.name, column.sentences]))
  const texts = [
    ...(asked.relation ? [{ column: null, sentences: table }] : []),
    ...asked.columns.map((column) => ({ column, sentences: named.get(column) ?? [] })),
  ]
  const problems = [
    ...columns
      .filter(({ name }) => !asked.columns.includes(name))
      .map(() => 'It describes a column that was not listed'),
    ...(named.size < columns.length ? ['It describes a column twice'] : []),
    ...(!asked.relation && table.length > 0 ? ['"table" must be [] this time'] : []),
    ...texts.flatMap(({ column, sentences }, index) => {
      const where = column === null ? 'The table' : `Column ${index + (asked.relation ? 0 : 1)} of the list`
      return problemsOf(where, { column, sentences, facts: asked.facts })
    }),
  ]
  if (problems.length > 0) return { kind: 'unusable', problems: [...new Set(problems)].slice(0, mostProblems) }
  return { kind: 'usable', texts: texts.map(({ column, sentences }) => written(column, sentences, asked.facts)) }
}

interface Described {
  column: string | null
  sentences: readonly Sentence[]
  facts: readonly Fact[]
}

function problemsOf(where: string, { column, sentences, facts }: Described): string[] {
  if (sentences.length === 0) return [`${where} has no sentence`]
  const usable = new Map(
    facts
      .filter((fact) => fact.column === null || fact.column === column || column === null)
      .map((fact) => [fact.id, fact]),
  )
  return sentences.flatMap(({ part, text, facts: cited, confidence }) => [
    ...(partsOf(column).has(part) ? [] : [`${where}: a part must be one of ${[...partsOf(column)].join(', ')}`]),
    ...(cited.length > 0 && cited.every((id) => usable.has(id))
      ? []
      : [`${where}: each sentence must name facts about it, by their ids`]),
    ...(confidence >= 0 && confidence <= 1 ? [] : [`${where}: a confidence lies from 0 to 1`]),
    ...(text.trim() !== '' && text.length <= longestSentence && !/[\n\r]/.test(text)
      ? []
      : [`${where}: a sentence is one line of at most ${longestSentence} characters`]),
    ...(isForeign(text, facts) ? [`${where}: no links and no markup`] : []),
  ])
}

const partsOf = (column: string | null): ReadonlySet<string> => new Set(column === null ? relationParts : columnParts)

const markup = /<\/?[a-z!]|\]\(|!\[|```/i
const link = /\b(?:https?:\/\/|www\.)[^\s"')]+/gi

/** A link that no fact has, or markup: somebody wants a reader to go somewhere. */
const isForeign = (text: string, facts: readonly Fact[]): boolean =>
  markup.test(text) || (text.match(link) ?? []).some((found) => !facts.some((fact) => fact.text.includes(found)))

function written(column: string | null, sentences: readonly Sentence[], facts: readonly Fact[]): WrittenText {
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  const parts: readonly (typeof relationParts | typeof columnParts)[number][] =
    column === null ? relationParts : columnParts
  const ordered = parts.flatMap((part) => sentences.filter((one) => one.part === part).map((one) => ({ ...one, part })))
  return textOf(
    column,
    ordered.map(({ part, text, facts: cited, confidence }) =>
      sentence(
        part,
        text.trim(),
        cited.flatMap((id) => byId.get(id) ?? []),
        confidence,
      ),
    ),
  )
}

/** Some models wrap what they answer in a block of code. */
function parseJson(text: string): unknown {
  const [, fenced] = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(text) ?? []
  try {
    return JSON.parse(fenced ?? text)
  } catch {
    return undefined
  }
}
