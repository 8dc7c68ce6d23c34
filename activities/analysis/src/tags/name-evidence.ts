import type { ColumnContext } from './column-context.ts'
import type { PiiKind } from './kinds.ts'
import { isPerson } from './name-rules.ts'
import { weights } from './weights.ts'

/** One piece of evidence: a sentence a person can check, free of raw values, and what it adds, in log odds. */
export interface Evidence {
  weight: number
  /** Written only where it is shown: of most kinds that are weighed nobody hears. */
  sentence: () => string
  /** It speaks of another column, which this one comes from. */
  inherited?: true
}

/** Fewer columns of personal data beside it do not make a table one of people. */
const enoughNeighbours = 2

/** What speaks for and against a kind without any values. */
export function nameEvidence(kind: PiiKind, context: ColumnContext): Evidence[] {
  const { name, comments, references } = context
  const evidence = ownName(kind, context)
  const comment = comments.find((one) => one.kind === kind)
  if (comment) evidence.push({ weight: weights.comment, sentence: () => `The comment says "${comment.phrase}"` })
  const reference = references.find((one) => one.kind === kind)
  if (reference) {
    evidence.push({
      weight: weights.foreignKey,
      sentence: () => `"${name}" is a key to a column whose name says "${reference.phrase}"`,
      inherited: true,
    })
  }
  return evidence
}

function ownName(
  kind: PiiKind,
  { name, names, words, table, ofPeople, otherTable, neighbours }: ColumnContext,
): Evidence[] {
  const verdict = names.find((one) => one.kind === kind)
  if (!verdict) return []
  const { strength, phrase, about } = verdict
  const says = { weight: weights[`${strength}Name`], sentence: () => `The name "${name}" says "${phrase}"` }
  if (about !== undefined) {
    return [says, { weight: weights.aboutWord, sentence: () => `"${about}" makes it something about "${phrase}"` }]
  }
  if (strength === 'certain') return [says]
  if (kind !== 'geo' && words.some((word) => word !== phrase && isPerson(word)))
    return [says, { weight: weights.peopleTable, sentence: () => `The name "${name}" is of a person` }]
  if (ofPeople) return [says, { weight: weights.peopleTable, sentence: () => `The table "${table}" keeps people` }]
  if (otherTable !== undefined)
    return [says, { weight: weights.otherTable, sentence: () => `The table keeps "${otherTable}"` }]
  if (neighbours.length < enoughNeighbours) return [says]
  const shown = neighbours.slice(0, enoughNeighbours).map((one) => `"${one}"`)
  return [says, { weight: weights.personalNeighbours, sentence: () => `It stands beside ${shown.join(' and ')}` }]
}
