import { createHash } from 'node:crypto'
import type { DocumentationSubject } from '@plumbline/workflows'
import { withoutLiterals } from '../lineage/statements/without-literals.ts'
import type { Fact, NewFact } from './fact.ts'
import { columnFacts } from './column-facts.ts'
import { longNames, magnitudeOf, quoted, rhythmOf } from './fact-text.ts'
import { keyFacts } from './key-facts.ts'

const longestDefinition = 2_000

/**
 * All that is known of a table, in one order. What changes all the time (numbers of rows, times of updates) is rounded, so that the
 * same table gives the same facts. No raw value of a person is in it: literals of queries are left out, texts of people are cleaned.
 */
export function factsOf(subject: DocumentationSubject): Fact[] {
  const relation = relationFacts(subject).map((fact) => ({ ...fact, column: null }))
  const columns = subject.document.columns.flatMap((column) =>
    columnFacts(subject, column).map((fact) => ({ ...fact, column: column.name })),
  )
  return [...relation, ...columns].map((fact, index) => ({ ...fact, id: `F${index + 1}` }))
}

/** SHA-256, in hex: another one means that the schema or the evidence has changed. */
export const fingerprintOfFacts = (facts: readonly Fact[]): string =>
  createHash('sha256')
    .update(JSON.stringify(facts.map(({ column, topic, kind, text }) => [column, topic, kind, text])))
    .digest('hex')

function relationFacts(subject: DocumentationSubject): NewFact[] {
  const { document, dialect, kind, rows, updateIntervalMs } = subject
  const facts: NewFact[] = [
    { kind: 'name', topic: 'name', text: `A ${kind.replaceAll('_', ' ')} named ${subject.schema}.${subject.name}` },
  ]
  if (document.comment !== null)
    facts.push({ kind: 'comment', topic: 'comment', text: `Comment in the database: ${quoted(document.comment)}` })
  facts.push(...keyFacts(subject))
  if (document.partition !== null)
    facts.push({ kind: 'definition', topic: 'partition', text: `Partitioned: ${document.partition}` })
  if (document.definition !== null) {
    const query = withoutLiterals(document.definition, dialect).slice(0, longestDefinition)
    facts.push({ kind: 'definition', topic: 'definition', text: `Its query, without values: ${query}` })
  }
  facts.push(...surroundings(subject))
  if (rows !== null) facts.push({ kind: 'profile', topic: 'rows', text: magnitudeOf(rows) })
  if (updateIntervalMs !== null)
    facts.push({ kind: 'freshness', topic: 'rhythm', text: `Updated ${rhythmOf(updateIntervalMs)}` })
  return facts
}

const surroundings = ({ upstream, downstream, referencedBy, neighbours }: DocumentationSubject): NewFact[] => [
  ...named('lineage', 'upstream', 'Its rows come from', upstream),
  ...named('lineage', 'downstream', 'Is read by', downstream),
  ...named('key', 'referenced-by', 'Foreign keys of these lead here:', referencedBy),
  ...named('neighbour', 'neighbours', 'Named alike in its schema:', neighbours),
]

const named = (kind: NewFact['kind'], topic: string, what: string, names: readonly string[]): NewFact[] =>
  names.length === 0 ? [] : [{ kind, topic, text: `${what} ${longNames(names)}` }]
