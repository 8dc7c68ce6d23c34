import type { Counts } from '@plumbline/workflows'
import { kindRules, type PiiKind } from './kinds.ts'
import type { Evidence } from './name-evidence.ts'
import { formPrefix, schemePrefix } from './values/count-names.ts'
import {
  fewValues,
  minShare,
  minShareOfNames,
  minShareOfTexts,
  nearlyAll,
  possibleForms,
  refutedBelow,
  valueRules,
  vetoes,
  weights,
} from './weights.ts'

/** The words by which a name says that its values are another thing; `strong`: a known one. */
export interface OtherName {
  word: string
  strong: boolean
}

/** What is known of the values of a column, whatever kind is asked about. */
export interface ValueFacts {
  counts: Counts
  /** The name says that they are another thing. */
  other: OtherName | undefined
  /** What most of them unmistakably are. */
  vetoes: typeof vetoes
}

export const valueFacts = (counts: Counts, other: OtherName | undefined): ValueFacts => ({
  counts,
  other,
  vetoes: vetoes.filter(({ check }) => share(counts, check) > minShare),
})

/** What the values say for and against a kind. */
export function valueEvidence(kind: PiiKind, facts: ValueFacts): Evidence[] {
  const values = facts.counts['values'] ?? 0
  if (values === 0) return []
  return [...supporting(kind, facts), ...opposing(kind, facts)]
}

const share = (counts: Counts, check: string): number => (counts[check] ?? 0) / (counts['values'] ?? 1)

const schemeOf = (counts: Counts): string =>
  Object.keys(counts)
    .find((key) => key.startsWith(schemePrefix))
    ?.slice(schemePrefix.length) ?? ''

function supporting(kind: PiiKind, { counts, other }: ValueFacts): Evidence[] {
  for (const { check, weight, ambiguous } of valueRules[kind]) {
    const passed = share(counts, check)
    if (passed < neededShare(check, counts)) continue
    const evidence: Evidence[] = [
      { weight: weight * Math.max(passed, minShare + passed / 2), sentence: () => sentenceOf(kind, check, counts) },
    ]
    if (other && ambiguous) {
      const doubt = other.strong ? weights.otherThing : weights.otherThing / 2
      evidence.push({ weight: doubt, sentence: () => `The name speaks of "${other.word}"` })
    }
    return evidence
  }
  return []
}

function neededShare(check: string, counts: Counts): number {
  if (check === 'email_within') return minShareOfTexts
  return check === 'full_name' && share(counts, 'name_form') >= nearlyAll ? minShareOfNames : minShare
}

function sentenceOf(kind: PiiKind, check: string, counts: Counts): string {
  const { label } = kindRules[kind]
  const passed = counts[check] ?? 0
  const what =
    check === 'scheme' ? `are ${label} by their check digits (${schemeOf(counts)})` : `have the form of ${label}`
  const forms = Object.keys(counts).filter((key) => key.startsWith(formPrefix))
  const like = forms.map((key) => `"${key.slice(formPrefix.length)}"`).join(', ')
  return `${passed} of ${counts['values'] ?? 0} sampled values ${what}${like === '' ? '' : `, like ${like}`}`
}

/** Whether a reason is one of those that `sentenceOf` gives. */
export const isFromValues = (sentence: string): boolean =>
  /^\d+ of \d+ sampled values (?:are|have the form of) /.test(sentence)

function opposing(kind: PiiKind, { counts, vetoes: passed }: ValueFacts): Evidence[] {
  const veto = passed.find(({ except }) => !except.includes(kind))
  if (veto) return [{ weight: weights.vetoed, sentence: () => `The values are ${veto.text}` }]
  const forms = possibleForms[kind]
  if (!forms || (counts['values'] ?? 0) < fewValues) return []
  if (forms.reduce((most, form) => Math.max(most, share(counts, form)), 0) >= refutedBelow) return []
  return [{ weight: weights.refuted, sentence: () => `The values do not have the form of ${kindRules[kind].label}` }]
}
