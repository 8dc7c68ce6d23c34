import type { DocumentationSentence } from '@plumbline/workflows'
import type { Fact } from './fact.ts'

export interface WrittenText {
  /** Null: the table itself. */
  column: string | null
  text: string
  sentences: DocumentationSentence[]
  confidence: number
}

/** Looks up facts by what they are about. */
export type Cite = (...topics: string[]) => Fact[]

/** The text of some sentences; it is as sure as the least sure of them. */
export const textOf = (column: string | null, sentences: DocumentationSentence[]): WrittenText => ({
  column,
  text: sentences.map(({ text }) => text).join(' '),
  sentences,
  confidence: Math.min(1, ...sentences.map(({ confidence }) => confidence)),
})

/** A sentence with what it rests on. */
export const sentence = (
  part: DocumentationSentence['part'],
  text: string,
  facts: readonly Fact[],
  confidence: number,
): DocumentationSentence => ({
  part,
  text,
  evidence: facts.map(({ kind, text: known }) => ({ kind, text: known })),
  confidence,
})
