import type { ColumnDocument, Counts } from '@plumbline/workflows'
import { classifyPii } from './classify-pii.ts'
import { domainOf, sensitiveWord } from './context-rules.ts'
import { kindRules } from './kinds.ts'

/** A tag with the reasons for it, in sentences that hold no raw value. */
export interface ColumnVerdict {
  tag: string
  category: 'pii' | 'sensitivity' | 'domain'
  /** From 0 to 1. */
  confidence: number
  evidence: string[]
}

export interface RelationToClassify {
  schema: string
  name: string
  columns: readonly ColumnDocument[]
  /** By column name, from `countChecks`; null when no values were read. */
  evidence: Record<string, Counts> | null
}

/** The tags of each column that has any: personal data, how sensitive it is, and the domain of its table. */
export function classifyRelation(relation: RelationToClassify): Record<string, ColumnVerdict[]> {
  const domain = domainOf(relation.schema, relation.name)
  const tags: Record<string, ColumnVerdict[]> = {}
  for (const column of relation.columns) {
    const verdicts = classifyColumn(relation, column)
    if (domain) {
      const { confidence, evidence } = domain
      verdicts.push({ tag: domain.domain, category: 'domain', confidence, evidence: [evidence] })
    }
    if (verdicts.length > 0) tags[column.name] = verdicts
  }
  return tags
}

/** The confidence of a word that names something sensitive: the word is plain, what is behind it is not known. */
const wordConfidence = 0.7

function classifyColumn(relation: RelationToClassify, column: ColumnDocument): ColumnVerdict[] {
  const pii = classifyPii(relation.name, column, relation.evidence?.[column.name])
  if (pii) {
    const { sensitivity, label } = kindRules[pii.kind]
    return [
      { tag: pii.kind, category: 'pii', confidence: pii.confidence, evidence: pii.evidence },
      {
        tag: sensitivity,
        category: 'sensitivity',
        confidence: pii.confidence,
        evidence: [`It holds ${label}, which are ${sensitivity}`],
      },
    ]
  }
  const word = sensitiveWord(column.name)
  if (!word) return []
  const evidence = [`The name "${column.name}" says "${word.word}"`]
  return [{ tag: word.sensitivity, category: 'sensitivity', confidence: wordConfidence, evidence }]
}
