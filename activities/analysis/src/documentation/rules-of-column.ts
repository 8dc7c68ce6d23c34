import type { ColumnDocument, DocumentationSentence, DocumentationSubject } from '@plumbline/workflows'
import { tokensOf } from '../tags/tokens.ts'
import { asSentence, commentText } from './fact-text.ts'
import { isPersonal, topicOfKey } from './key-facts.ts'
import { sure } from './rule-confidence.ts'
import { sentence, type Cite } from './sentence.ts'

/** What rules say of a column: meaning, format, allowed values, caveats. */
export const columnSentences = (
  subject: DocumentationSubject,
  column: ColumnDocument,
  cite: Cite,
  ofTable: Cite,
): DocumentationSentence[] => [
  ...meaning(subject, column, cite, ofTable),
  ...format(subject, column, cite),
  ...allowed(subject, column, cite, ofTable),
  ...caveats(subject, column, cite),
]

function meaning(
  subject: DocumentationSubject,
  column: ColumnDocument,
  cite: Cite,
  ofTable: Cite,
): DocumentationSentence[] {
  if (column.comment !== null && column.comment.trim() !== '') {
    return [sentence('meaning', asSentence(commentText(column.comment)), cite('comment'), sure.comment)]
  }
  const single = subject.document.keys.filter(({ columns }) => columns.length === 1 && columns[0] === column.name)
  const foreign = single.find((key) => key.kind === 'foreign' && subject.references[key.name] !== undefined)
  if (foreign) {
    const to = `${subject.references[foreign.name]}.${foreign.references?.columns[0] ?? ''}`
    return [sentence('meaning', `Refers to ${to}.`, ofTable(topicOfKey(foreign)), sure.structure)]
  }
  const primary = single.find((key) => key.kind === 'primary')
  if (primary) return [sentence('meaning', 'Identifies a row.', ofTable(topicOfKey(primary)), sure.structure)]
  return [sentence('meaning', byName(column), cite('name', 'type'), sure.named)]
}

/** What a name says by its ending: `created_at`, `is_active`, `line_count`. */
function byName({ name, type }: ColumnDocument): string {
  const words = tokensOf(name)
  const last = words.at(-1) ?? name
  const rest = words.slice(0, -1).join(' ')
  if (rest !== '' && type === 'timestamp' && (last === 'at' || last === 'on'))
    return `When it was ${rest}, by its name.`
  if (type === 'boolean' && (words[0] === 'is' || words[0] === 'has'))
    return `Whether it ${words[0]} ${words.slice(1).join(' ')}, by its name.`
  if (rest !== '' && (last === 'count' || last === 'cnt')) return `A number of ${rest}, by its name.`
  return `By its name: ${words.join(' ') || name}.`
}

function format({ profile }: DocumentationSubject, column: ColumnDocument, cite: Cite): DocumentationSentence[] {
  const form = profile[column.name]?.form
  const stored = sentence('format', `Stored as ${column.nativeType}.`, cite('type'), sure.structure)
  if (form === undefined || form === null) return [stored]
  return [stored, sentence('format', `Its values have the form of ${form}.`, cite('form'), sure.observed)]
}

function allowed(
  subject: DocumentationSubject,
  { name }: ColumnDocument,
  cite: Cite,
  ofTable: Cite,
): DocumentationSentence[] {
  if (isPersonal(subject)(name)) return []
  const checks = subject.document.keys.filter((key) => key.kind === 'check' && key.columns.includes(name))
  const shown = checks.flatMap((key) => ofTable(topicOfKey(key)))
  if (shown.length > 0) {
    const said = shown.map((fact) => `${fact.text}.`).join(' ')
    return [sentence('values', said, shown, sure.structure)]
  }
  const list = cite('list')
  if (list.length === 0) return []
  const said = `Seen in a sample: ${(subject.profile[name]?.list ?? []).join(', ')}.`
  return [sentence('values', said, list, sure.observed)]
}

function caveats(subject: DocumentationSubject, column: ColumnDocument, cite: Cite): DocumentationSentence[] {
  const personal = (subject.tags[column.name] ?? []).filter(({ category }) => category === 'pii').map(({ tag }) => tag)
  return [
    ...(personal.length === 0
      ? []
      : [sentence('caveats', `Personal data: ${personal.join(', ')}.`, cite('tags'), sure.tagged)]),
    ...(column.nullable ? [sentence('caveats', 'May be null.', cite('type'), sure.structure)] : []),
    ...(column.generated === null
      ? []
      : [sentence('caveats', 'Computed by the database.', cite('generated'), sure.structure)]),
  ]
}
