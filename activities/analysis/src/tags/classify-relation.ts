import type { ColumnDocument, Counts, KeyDocument } from '@plumbline/workflows'
import { classifyPii, type PiiVerdict, type Surroundings } from './classify-pii.ts'
import { columnContexts, type ColumnContext } from './column-context.ts'
import type { ColumnVerdict } from './column-verdict.ts'
import { ruleVerdicts, type CompiledRule } from './custom/custom-rules.ts'
import { domainOf, type DomainVerdict } from './domain-of.ts'
import { passedOn } from './passed-on.ts'
import { sensitivityOf, type SensitivityVerdict } from './sensitivity-of.ts'

export interface RelationToClassify {
  schema: string
  name: string
  columns: readonly ColumnDocument[]
  keys: readonly KeyDocument[]
  /** By column name, from `countChecks`; null when no values were read. */
  evidence: Record<string, Counts> | null
  /** By column name, where there is anything. */
  surroundings?: Readonly<Record<string, Surroundings>>
  /** The organization's own. */
  rules?: readonly CompiledRule[]
}

/** What is thought of a column, also where it is the default. */
export interface ColumnJudgement {
  context: ColumnContext
  pii: PiiVerdict | undefined
  sensitivity: SensitivityVerdict
  domain: DomainVerdict | undefined
}

/** What each column of a relation holds: personal data, how sensitive it is, and the domain of its table. */
export function judgeRelation(relation: RelationToClassify): Map<string, ColumnJudgement> {
  const domain = domainOf(relation.schema, relation.name)
  const judgements = columnContexts(relation).map((context): [string, ColumnJudgement] => {
    const pii = classifyPii(context, relation.evidence?.[context.name], relation.surroundings?.[context.name])
    const sensitivity = sensitivityOf(context.name, pii, domain?.domain)
    return [context.name, { context, pii, sensitivity, domain }]
  })
  return new Map(judgements)
}

/** The tags of each column that has any. What is only assumed is no tag: it would be on every column and say nothing. */
export function classifyRelation(relation: RelationToClassify): Record<string, ColumnVerdict[]> {
  const tags: Record<string, ColumnVerdict[]> = {}
  for (const [column, judgement] of judgeRelation(relation)) {
    const { inherited, rejected, earlier } = relation.surroundings?.[column] ?? { inherited: [], rejected: [] }
    const ruled = ruleVerdicts(relation.rules ?? [], column, relation.evidence?.[column], earlier)
    const own = distinct([...ruled, ...verdictsOf(judgement)])
    const verdicts = [...own, ...passedOn(judgement.context, own, inherited)].filter(
      ({ tag }) => !rejected.includes(tag),
    )
    if (verdicts.length > 0) tags[column] = verdicts
  }
  return tags
}

function verdictsOf({ pii, sensitivity, domain }: ColumnJudgement): ColumnVerdict[] {
  const verdicts: ColumnVerdict[] = []
  if (pii) {
    const { kind, confidence, evidence, inherited } = pii
    verdicts.push({ tag: kind, category: 'pii', confidence, evidence, inherited })
  }
  if (!sensitivity.assumed) {
    const { sensitivity: tag, confidence, evidence } = sensitivity
    const verdict = { tag, category: 'sensitivity' as const, confidence, evidence: [evidence], inherited: false }
    verdicts.push(pii ? { ...verdict, inherited: pii.inherited, derivedFrom: pii.kind } : verdict)
  }
  if (domain) {
    const { confidence, evidence } = domain
    verdicts.push({ tag: domain.domain, category: 'domain', confidence, evidence: [evidence], inherited: false })
  }
  return verdicts
}

/** A tag for two reasons is one tag: the surer of the two. */
function distinct(verdicts: readonly ColumnVerdict[]): ColumnVerdict[] {
  const surest = new Map<string, ColumnVerdict>()
  for (const verdict of verdicts) {
    const known = surest.get(verdict.tag)
    if (!known || verdict.confidence > known.confidence) surest.set(verdict.tag, verdict)
  }
  return [...surest.values()]
}
