import type { ColumnDocument, DocumentationSubject } from '@plumbline/workflows'
import { longNames, quoted } from './fact-text.ts'
import { isPersonal } from './key-facts.ts'
import type { NewFact } from './fact.ts'

/** What is known of one column, beside the keys of its table. */
export function columnFacts(subject: DocumentationSubject, column: ColumnDocument): NewFact[] {
  const { name, comment } = column
  const facts: NewFact[] = [
    { kind: 'name', topic: 'name', text: `Named ${name}` },
    {
      kind: 'type',
      topic: 'type',
      text: `Type ${column.nativeType}, ${column.nullable ? 'may be null' : 'never null'}`,
    },
  ]
  if (comment !== null)
    facts.push({ kind: 'comment', topic: 'comment', text: `Comment in the database: ${quoted(comment)}` })
  facts.push(...origin(column, isPersonal(subject)(name)))
  const tags = subject.tags[name] ?? []
  if (tags.length > 0) {
    const text = `Tags: ${tags.map(({ tag, category }) => `${tag} (${category})`).join(', ')}`
    facts.push({ kind: 'tag', topic: 'tags', text })
  }
  const sources = subject.sources[name] ?? []
  if (sources.length > 0)
    facts.push({ kind: 'lineage', topic: 'sources', text: `Its values come from ${longNames(sources)}` })
  return [...facts, ...profileFacts(subject, name)]
}

/** Where its values come from when nobody gives one; a default of personal data could be some. */
function origin(column: ColumnDocument, personal: boolean): NewFact[] {
  if (column.identity !== null) return [{ kind: 'type', topic: 'default', text: 'Numbered by the database' }]
  if (column.generated !== null)
    return [{ kind: 'type', topic: 'generated', text: `Computed by the database: ${quoted(column.generated)}` }]
  if (column.default === null || personal) return []
  return [{ kind: 'type', topic: 'default', text: `Default ${quoted(column.default)}` }]
}

function profileFacts(subject: DocumentationSubject, name: string): NewFact[] {
  const profile = subject.profile[name]
  if (!profile) return []
  const facts: NewFact[] = []
  if (profile.form !== null)
    facts.push({ kind: 'profile', topic: 'form', text: `Sampled values have the form of ${profile.form}` })
  if (profile.list !== null && !isPersonal(subject)(name))
    facts.push({ kind: 'profile', topic: 'list', text: `Sampled values are ${profile.list.join(', ')}` })
  return facts
}
