import type { Counts } from '@plumbline/workflows'
import type { ColumnContext } from './column-context.ts'
import { kindRules, piiKinds, type PiiKind } from './kinds.ts'
import { saysNothing, otherThings } from './lexicon/other-things.ts'
import { nameEvidence, type Evidence } from './name-evidence.ts'
import { singular } from './tokens.ts'
import { valueEvidence, type OtherName } from './value-evidence.ts'
import { threshold, valueRules, weights } from './weights.ts'

export interface PiiVerdict {
  kind: PiiKind
  /** From 0 to 1. */
  confidence: number
  /** Sentences that a person can check, the strongest first; free of raw values. */
  evidence: string[]
}

const noCounts: Counts = { values: 0 }

/** Which personal data a column holds, if any: the kind that the evidence for and against speaks for most. */
export function classifyPii(context: ColumnContext, counts: Counts = noCounts): PiiVerdict | undefined {
  if (context.type === 'boolean') return undefined
  let best: { kind: PiiKind; score: number; evidence: Evidence[] } | undefined
  for (const kind of candidates(context, counts)) {
    const evidence = [...nameEvidence(kind, context), ...valueEvidence(kind, counts, otherName(context))]
    const score = evidence.reduce<number>((sum, { weight }) => sum + weight, weights.prior)
    if (!best || score > best.score) best = { kind, score, evidence }
  }
  if (!best) return undefined
  const confidence = 1 / (1 + Math.exp(-best.score))
  if (confidence < threshold) return undefined
  const sentences = best.evidence.toSorted((a, b) => b.weight - a.weight).map(({ sentence }) => sentence)
  return { kind: best.kind, confidence: Math.round(confidence * 100) / 100, evidence: sentences }
}

/** Kinds that something speaks for, in the order of the names: of two equal ones the longer phrase is meant. */
function candidates({ names, comments, references, type }: ColumnContext, counts: Counts): PiiKind[] {
  const named = [...names, ...references, ...comments].map(({ kind }) => kind)
  const valued = piiKinds.filter((kind) => valueRules[kind].some(({ check }) => (counts[check] ?? 0) > 0))
  return [...new Set([...named, ...(counts['values'] ? valued : [])])].filter((kind) =>
    kindRules[kind].types.includes(type),
  )
}

/** The word by which the name says that the values are something else, or that it says anything at all. */
function otherName({ words, names }: ColumnContext): OtherName | undefined {
  if (names.length > 0 || saysNothing(words)) return undefined
  const word = words.find((one) => otherThings.has(singular(one)))
  return word === undefined ? { word: words.join(' '), strong: false } : { word, strong: true }
}
