import type { DocumentationSubject, KeyDocument } from '@plumbline/workflows'
import { withoutPersonal } from './without-personal.ts'
import type { NewFact } from './fact.ts'

/** What keys and indexes say of a table. A check on personal data could name some, and is left out. */
export function keyFacts(subject: DocumentationSubject): NewFact[] {
  const shown = subject.document.keys.filter((key) => key.kind !== 'check' || !key.columns.some(isPersonal(subject)))
  return shown.map((key) => ({ kind: 'key', topic: topicOfKey(key), text: textOf(key, subject) }))
}

export const topicOfKey = ({ name }: Pick<KeyDocument, 'name'>): string => `key ${name}`

/** By its tags, a column whose values are a person's, or secret. */
export const isPersonal =
  ({ tags }: Pick<DocumentationSubject, 'tags'>) =>
  (column: string): boolean =>
    (tags[column] ?? []).some(({ category, tag }) => category === 'pii' || tag === 'restricted')

function textOf(key: KeyDocument, { references }: DocumentationSubject): string {
  const columns = key.columns.join(', ')
  if (key.kind === 'primary') return `Primary key: ${columns}`
  if (key.kind === 'unique') return `Unique: ${columns}`
  if (key.kind === 'check') return `Only rows that pass ${withoutPersonal(key.definition)}`
  const to = references[key.name] ?? 'a table out of sight'
  return `Foreign key: ${columns} refers to ${to} (${(key.references?.columns ?? []).join(', ')})`
}
