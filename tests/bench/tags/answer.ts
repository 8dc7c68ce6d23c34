import { judgeRelation } from '@plumbline/analysis'
import { countChecks } from '@plumbline/analysis/values'
import { documentOf, type LabelledColumn } from './cases.ts'
import type { Answer } from './score.ts'

/** What the classifier says of a column that stands alone: labelled columns do not show their neighbours. */
export function answer(labelled: LabelledColumn, namesOnly: boolean): Answer {
  const { table, column, samples } = labelled
  const dot = table.lastIndexOf('.')
  const relation = {
    schema: table.slice(0, Math.max(dot, 0)),
    name: table.slice(dot + 1),
    columns: [documentOf(labelled)],
    keys: [],
    evidence: namesOnly ? null : { [column]: countChecks(samples) },
  }
  const judgement = judgeRelation(relation).get(column)
  if (!judgement) throw new Error(`No judgement of ${labelled.id}`)
  const { pii, sensitivity, domain } = judgement
  return {
    pii: pii?.kind ?? null,
    sensitivity: sensitivity.sensitivity,
    domain: domain?.domain ?? null,
    ...(pii ? { confidence: pii.confidence } : {}),
  }
}
