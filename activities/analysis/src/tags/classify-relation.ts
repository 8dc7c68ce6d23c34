import type { ColumnDocument, Counts, KeyDocument } from '@plumbline/workflows'
import { classifyPii, type PiiVerdict } from './classify-pii.ts'
import { columnContexts } from './column-context.ts'
import { domainOf, type DomainVerdict } from './domain-of.ts'
import { sensitivityOf, type SensitivityVerdict } from './sensitivity-of.ts'

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
  keys: readonly KeyDocument[]
  /** By column name, from `countChecks`; null when no values were read. */
  evidence: Record<string, Counts> | null
}

/** What is thought of a column, also where it is the default. */
export interface ColumnJudgement {
  pii: PiiVerdict | undefined
  sensitivity: SensitivityVerdict
  domain: DomainVerdict | undefined
}

/** What each column of a relation holds: personal data, how sensitive it is, and the domain of its table. */
export function judgeRelation(relation: RelationToClassify): Map<string, ColumnJudgement> {
  const domain = domainOf(relation.schema, relation.name)
  const judgements = columnContexts(relation).map((context): [string, ColumnJudgement] => {
    const pii = classifyPii(context, relation.evidence?.[context.name])
    const sensitivity = sensitivityOf(context.name, pii, domain?.domain)
    return [context.name, { pii, sensitivity, domain }]
  })
  return new Map(judgements)
}

/** The tags of each column that has any. What is only assumed is no tag: it would be on every column and say nothing. */
export function classifyRelation(relation: RelationToClassify): Record<string, ColumnVerdict[]> {
  const tags: Record<string, ColumnVerdict[]> = {}
  for (const [column, { pii, sensitivity, domain }] of judgeRelation(relation)) {
    const verdicts: ColumnVerdict[] = []
    if (pii) verdicts.push({ tag: pii.kind, category: 'pii', confidence: pii.confidence, evidence: pii.evidence })
    if (!sensitivity.assumed) {
      const { confidence, evidence } = sensitivity
      verdicts.push({ tag: sensitivity.sensitivity, category: 'sensitivity', confidence, evidence: [evidence] })
    }
    if (domain) {
      const { confidence, evidence } = domain
      verdicts.push({ tag: domain.domain, category: 'domain', confidence, evidence: [evidence] })
    }
    if (verdicts.length > 0) tags[column] = verdicts
  }
  return tags
}
