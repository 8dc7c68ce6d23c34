import type { DocumentationSentence, DocumentationSubject } from '@plumbline/workflows'
import { tokensOf } from '../tags/tokens.ts'
import { asSentence, commentText, longNames, magnitudeOf, rhythmOf } from './fact-text.ts'
import { isPersonal, topicOfKey } from './key-facts.ts'
import { sure } from './rule-confidence.ts'
import { sentence, type Cite } from './sentence.ts'

/** What rules say of a table: purpose, grain, key columns, relationships, notable facts. */
export const relationSentences = (subject: DocumentationSubject, cite: Cite): DocumentationSentence[] => [
  purpose(subject, cite),
  ...grain(subject, cite),
  ...keys(subject, cite),
  ...relationships(subject, cite),
  ...notableFacts(subject, cite),
]

function purpose({ document, kind, name, upstream }: DocumentationSubject, cite: Cite): DocumentationSentence {
  if (document.comment !== null && document.comment.trim() !== '') {
    return sentence('purpose', asSentence(commentText(document.comment)), cite('comment'), sure.comment)
  }
  const words = tokensOf(name).join(' ') || name
  const what = kind.replaceAll('_', ' ')
  if (upstream.length > 0 && kind !== 'table')
    return sentence(
      'purpose',
      `A ${what} over ${longNames(upstream)}, by its name about ${words}.`,
      cite('name', 'upstream'),
      sure.named,
    )
  return sentence('purpose', `By its name, a ${what} about ${words}.`, cite('name'), sure.named)
}

const keyOf = ({ document }: DocumentationSubject, kind: 'primary' | 'unique') =>
  document.keys.find((key) => key.kind === kind)

function grain(subject: DocumentationSubject, cite: Cite): DocumentationSentence[] {
  const key = keyOf(subject, 'primary') ?? keyOf(subject, 'unique')
  if (!key) return []
  const nullable = new Set(subject.document.columns.filter((column) => column.nullable).map(({ name }) => name))
  if (key.kind === 'unique' && key.columns.some((name) => nullable.has(name))) return []
  const each = key.columns.length === 1 ? '' : 'combination of '
  return [sentence('grain', `One row for each ${each}${listed(key.columns)}.`, cite(topicOfKey(key)), sure.structure)]
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

function keys({ document, references }: DocumentationSubject, cite: Cite): DocumentationSentence[] {
  const foreign = document.keys.filter((key) => key.kind === 'foreign' && references[key.name] !== undefined)
  if (foreign.length === 0) return []
  const said = foreign.map((key) => `${listed(key.columns)} (to ${references[key.name]})`)
  return [sentence('keys', `References: ${longNames(said)}.`, cite(...foreign.map(topicOfKey)), sure.structure)]
}

function relationships(subject: DocumentationSubject, cite: Cite): DocumentationSentence[] {
  const { upstream, downstream, referencedBy, kind, document } = subject
  const saidBefore = kind !== 'table' && (document.comment ?? '').trim() === ''
  return [
    ...(upstream.length > 0 && !saidBefore
      ? [sentence('relationships', `Filled from ${longNames(upstream)}.`, cite('upstream'), sure.observed)]
      : []),
    ...(downstream.length > 0
      ? [sentence('relationships', `Read by ${longNames(downstream)}.`, cite('downstream'), sure.observed)]
      : []),
    ...(referencedBy.length > 0
      ? [
          sentence(
            'relationships',
            `Rows are referred to by ${longNames(referencedBy)}.`,
            cite('referenced-by'),
            sure.structure,
          ),
        ]
      : []),
  ]
}

function notableFacts(subject: DocumentationSubject, cite: Cite): DocumentationSentence[] {
  const { rows, updateIntervalMs, document } = subject
  const personal = document.columns.map(({ name }) => name).filter(isPersonal(subject))
  return [
    ...(rows === null ? [] : [sentence('facts', `${magnitudeOf(rows)}.`, cite('rows'), sure.observed)]),
    ...(updateIntervalMs === null
      ? []
      : [sentence('facts', `Updated ${rhythmOf(updateIntervalMs)}.`, cite('rhythm'), sure.observed)]),
    ...(document.partition === null
      ? []
      : [sentence('facts', `Partitioned: ${document.partition}.`, cite('partition'), sure.structure)]),
    ...(personal.length === 0
      ? []
      : [
          sentence(
            'facts',
            `Holds personal or secret data in ${longNames(personal)}.`,
            cite('name').map((fact) => ({ ...fact, kind: 'tag', text: `Tags of ${longNames(personal)}` })),
            sure.tagged,
          ),
        ]),
  ]
}
