import type { DocumentationSubject } from '@plumbline/workflows'
import type { Fact } from './fact.ts'
import { columnSentences } from './rules-of-column.ts'
import { relationSentences } from './rules-of-relation.ts'
import { textOf, type Cite, type WrittenText } from './sentence.ts'

/** Counts up when the rules say something else of the same facts. */
export const rulesVersion = 'rules-1'

/**
 * Short texts that say in plain words what the facts say, and nothing else. No model takes part.
 *
 * @param facts of `factsOf(subject)`
 */
export function writeByRules(subject: DocumentationSubject, facts: readonly Fact[]): WrittenText[] {
  const byColumn = Map.groupBy(facts, ({ column }) => column)
  const citing =
    (column: string | null): Cite =>
    (...topics) =>
      (byColumn.get(column) ?? []).filter(({ topic }) => topics.includes(topic))
  const ofTable = citing(null)
  return [
    textOf(null, relationSentences(subject, ofTable)),
    ...subject.document.columns.map((column) =>
      textOf(column.name, columnSentences(subject, column, citing(column.name), ofTable)),
    ),
  ]
}
