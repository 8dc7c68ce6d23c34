import type { Counts } from '@plumbline/workflows'
import { confidenceOf } from './calibration.ts'
import type { ColumnContext } from './column-context.ts'
import { shownBefore, type EarlierTag } from './earlier-tag.ts'
import { kindRules, piiKinds, type PiiKind } from './kinds.ts'
import { saysNothing, otherThings } from './lexicon/other-things.ts'
import { inheritedEvidence, type InheritedTag } from './inherited-evidence.ts'
import { nameEvidence, type Evidence } from './name-evidence.ts'
import { isPerson } from './name-rules.ts'
import { singular } from './tokens.ts'
import { valueEvidence, valueFacts, type OtherName, type ValueFacts } from './value-evidence.ts'
import { threshold, valueRules, weights } from './weights.ts'

export interface PiiVerdict {
  kind: PiiKind
  /** From 0 to 1. */
  confidence: number
  /** Sentences that a person can check, the strongest first; free of raw values. */
  evidence: string[]
  /** Nothing but another column's tag speaks for it. */
  inherited: boolean
}

/** What is known of a column from outside of its table. */
export interface Surroundings {
  /** Tags of columns that it comes from. */
  inherited: readonly InheritedTag[]
  /** Tags that a person took off it. */
  rejected: readonly string[]
  /** Its tags until now, as far as they may still hold. */
  earlier?: readonly EarlierTag[]
}

const alone: Surroundings = { inherited: [], rejected: [] }
const noCounts: Counts = { values: 0 }

/**
 * Which personal data a column holds, if any: what its values showed before, or the kind that the evidence for and against speaks
 * for most.
 */
export function classifyPii(
  context: ColumnContext,
  counts: Counts = noCounts,
  { inherited, rejected, earlier = [] }: Surroundings = alone,
): PiiVerdict | undefined {
  if (context.type === 'boolean') return undefined
  const shown = shownBefore(earlier, rejected)
  if (shown) return shown
  const kinds = candidates(context, counts, inherited).filter((kind) => !rejected.includes(kind))
  if (kinds.length === 0) return undefined
  const facts = valueFacts(counts, otherName(context))
  let best: Scored | undefined
  for (const kind of kinds) {
    const scored = weigh(kind, context, facts, inherited)
    if (!best || scored.score > best.score) best = scored
  }
  if (!best) return undefined
  const confidence = confidenceOf(best.score)
  if (confidence < threshold) return undefined
  const sentences = best.evidence.toSorted((a, b) => b.weight - a.weight).map(({ sentence }) => sentence())
  return {
    kind: best.kind,
    confidence: Math.round(confidence * 100) / 100,
    evidence: sentences,
    inherited: confidenceOf(best.ownScore) < threshold,
  }
}

interface Scored {
  kind: PiiKind
  score: number
  /** Without what it inherits. */
  ownScore: number
  evidence: Evidence[]
}

function weigh(kind: PiiKind, context: ColumnContext, facts: ValueFacts, inherited: readonly InheritedTag[]): Scored {
  const evidence = [...nameEvidence(kind, context), ...valueEvidence(kind, facts)]
  const from = inherited.length === 0 ? undefined : inheritedEvidence(kind, context, inherited)
  const own = evidence.filter((one) => !one.inherited)
  // The tag of the column that a key points to says it better than that column's name.
  const all = from ? [...own, from] : evidence
  return { kind, score: sumOf(all), ownScore: sumOf(own), evidence: all }
}

const sumOf = (evidence: readonly Evidence[]): number =>
  evidence.reduce<number>((sum, { weight }) => sum + weight, weights.prior)

/** For which kinds a check of values speaks. */
const kindsByCheck = new Map<string, PiiKind[]>()
for (const kind of piiKinds)
  for (const { check } of valueRules[kind]) kindsByCheck.set(check, [...(kindsByCheck.get(check) ?? []), kind])

/** Kinds that something speaks for, in the order of the names: of two equal ones the longer phrase is meant. */
function candidates(
  { names, comments, references, type }: ColumnContext,
  counts: Counts,
  inherited: readonly InheritedTag[],
): PiiKind[] {
  const kinds = new Set<PiiKind>()
  for (const verdicts of [names, references, comments]) for (const { kind } of verdicts) kinds.add(kind)
  for (const check of Object.keys(counts)) for (const kind of kindsByCheck.get(check) ?? []) kinds.add(kind)
  if (inherited.length > 0) for (const kind of piiKinds) if (inherited.some(({ tag }) => tag === kind)) kinds.add(kind)
  return [...kinds].filter((kind) => kindRules[kind].types.includes(type))
}

/** The word by which the name says that the values are something else, or that it says anything at all. */
function otherName({ words, names }: ColumnContext): OtherName | undefined {
  if (names.length > 0 || saysNothing(words)) return undefined
  // `class teacher`, `signed by`, `ship to`: whose values are people.
  const last = words.at(-1) ?? ''
  if (isPerson(last) || last === 'by' || last === 'to') return undefined
  const word = words.find((one) => otherThings.has(singular(one)))
  return word === undefined ? { word: words.join(' '), strong: false } : { word, strong: true }
}
