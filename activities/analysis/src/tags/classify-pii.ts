import type { ColumnDocument, Counts } from '@plumbline/workflows'
import { kindRules, piiKinds, type PiiKind } from './kinds.ts'
import { aboutWord, isAboutPeople, readName, type NameVerdict } from './name-rules.ts'
import { tokensOf } from './tokens.ts'
import {
  fewValues,
  minShare,
  nameWeights,
  peopleWeight,
  refutable,
  refutedBelow,
  threshold,
  valueRules,
  vetoes,
} from './weights.ts'

/** One piece of evidence: a sentence a person can check, free of raw values, and what it adds. */
interface Evidence {
  weight: number
  sentence: string
}

export interface PiiVerdict {
  kind: PiiKind
  /** From 0 to 1. */
  confidence: number
  evidence: string[]
}

/**
 * Which personal data a column holds, if any: the kind with the most evidence. Pieces of evidence add up as independent
 * witnesses do (noisy-or): one minus the product of their doubts.
 */
export function classifyPii(table: string, column: ColumnDocument, counts: Counts | undefined): PiiVerdict | undefined {
  if (column.type === 'boolean') return undefined
  const names = readName(column.name)
  const verdicts = piiKinds
    .map((kind) => judge(kind, { table, column, counts: counts ?? { values: 0 }, names }))
    .filter((verdict) => verdict !== undefined)
    .sort((a, b) => b.confidence - a.confidence || rank(a.kind, names) - rank(b.kind, names))
  return verdicts[0]
}

/** Of two equally likely kinds, the one whose name is the longer phrase: `street address` before `address`. */
function rank(kind: PiiKind, names: NameVerdict[]): number {
  const index = names.findIndex((name) => name.kind === kind)
  return index === -1 ? names.length : index
}

interface Subject {
  table: string
  column: ColumnDocument
  counts: Counts
  names: NameVerdict[]
}

function judge(kind: PiiKind, subject: Subject): PiiVerdict | undefined {
  if (!kindRules[kind].types.includes(subject.column.type)) return undefined
  const evidence = [...nameEvidence(kind, subject), ...valueEvidence(kind, subject)]
  if (evidence.length === 0 || isVetoed(kind, subject)) return undefined
  const confidence = 1 - evidence.reduce((doubt, { weight }) => doubt * (1 - weight), 1)
  if (confidence < threshold) return undefined
  return { kind, confidence: Math.round(confidence * 100) / 100, evidence: evidence.map(({ sentence }) => sentence) }
}

const share = (counts: Counts, check: string): number =>
  counts['values'] ? (counts[check] ?? 0) / counts['values'] : 0

function isVetoed(kind: PiiKind, { column, counts }: Subject): boolean {
  if (aboutWord(tokensOf(column.name), kind) !== undefined) return true
  if (vetoes.some(({ check, except }) => !except.includes(kind) && share(counts, check) > minShare)) return true
  return refutable.has(kind) && enough(counts) && bestShare(kind, counts) < refutedBelow
}

const enough = (counts: Counts): boolean => (counts['values'] ?? 0) >= fewValues

const bestShare = (kind: PiiKind, counts: Counts): number =>
  Math.max(0, ...(valueRules[kind] ?? []).map(({ check }) => share(counts, check)))

function nameEvidence(kind: PiiKind, { names, column, table }: Subject): Evidence[] {
  const name = names.find((one) => one.kind === kind)
  if (!name) return []
  const evidence: Evidence[] = [
    { weight: nameWeights[name.strength], sentence: `The name "${column.name}" says "${name.phrase}"` },
  ]
  if (name.strength === 'likely' && isAboutPeople(table)) {
    evidence.push({ weight: peopleWeight, sentence: `The table "${table}" keeps people` })
  }
  return evidence
}

function valueEvidence(kind: PiiKind, { counts }: Subject): Evidence[] {
  const { values = 0 } = counts
  for (const { check, weight } of valueRules[kind] ?? []) {
    const passed = share(counts, check)
    if (passed < minShare) continue
    const sentence = `${counts[check] ?? 0} of ${values} sampled values have the form of ${kindRules[kind].label}`
    return [{ weight: weight * passed, sentence }]
  }
  return []
}
