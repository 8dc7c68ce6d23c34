import type { Counts, TagMatcher } from '@plumbline/workflows'
import { RE2JS, RE2JSException } from 're2js'
import type { ColumnVerdict } from '../column-verdict.ts'
import type { EarlierTag } from '../earlier-tag.ts'

/** A rule of an organization: columns that match carry its tag. */
export interface CustomRule {
  id: string
  name: string
  tag: string
  category: ColumnVerdict['category']
  matcher: TagMatcher
}

/** Of names and values; matching takes time linear in the text, whatever the pattern: RE2 does not backtrack. */
interface CompiledMatcher {
  ofName?: (name: string) => boolean
  ofValue?: (value: string) => boolean
  /** Share of the sampled values, from 0 to 1. */
  minShare: number
}

export interface CompiledRule extends CustomRule {
  compiled: CompiledMatcher
}

/** Longer values are cut before they are matched: no identifier is longer. */
const longestValue = 1_000

/** Why a pattern cannot be used, as a person can act on it; undefined when it can. */
export function patternFault(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    return `${error.message}. Patterns follow RE2: no look-around and no backreferences, which can take for ever`
  }
}

/** @throws RE2JSException for a pattern that `patternFault` turns away */
export function compileRule(rule: CustomRule): CompiledRule {
  return { ...rule, compiled: matcherOf(rule.matcher) }
}

/** What a matcher does, to be tried. @throws RE2JSException for a pattern that `patternFault` turns away */
export function matcherOf(matcher: TagMatcher): CompiledMatcher {
  if (matcher.kind === 'dictionary') {
    const words = new Set(matcher.words.map((word) => word.trim().toLowerCase()))
    return { ofValue: (value) => words.has(value.toLowerCase()), minShare: matcher.minShare }
  }
  const pattern = RE2JS.compile(matcher.pattern, RE2JS.CASE_INSENSITIVE)
  if (matcher.kind === 'name') return { ofName: (name) => pattern.matcher(name).find(), minShare: 0 }
  return { ofValue: (value) => pattern.matches(value.slice(0, longestValue)), minShare: matcher.minShare }
}

const countKey = (ruleId: string): string => `rule:${ruleId}`

/** How many of the values match each rule that looks at values; added to what the built-in checks counted. */
export function countRules(values: readonly string[], rules: readonly CompiledRule[]): Counts {
  const counts: Counts = {}
  for (const { id, compiled } of rules) {
    const { ofValue } = compiled
    if (ofValue) counts[countKey(id)] = values.filter((value) => ofValue(value.trim())).length
  }
  return counts
}

/** A name is what somebody wrote a rule for; values are as sure as the share of them that matches. */
const nameConfidence = 0.95

/** The tags that an organization's rules give a column, by its values also those that it has had since they were looked at last. */
export function ruleVerdicts(
  rules: readonly CompiledRule[],
  column: string,
  counts: Counts | undefined,
  earlier: readonly EarlierTag[] = [],
): ColumnVerdict[] {
  return rules.flatMap(({ id, name, tag, category, compiled }) => {
    const verdict = { tag, category, inherited: false }
    if (compiled.ofName) {
      if (!compiled.ofName(column)) return []
      return [{ ...verdict, confidence: nameConfidence, evidence: [`The name "${column}" matches the rule "${name}"`] }]
    }
    const claim = `sampled values match the rule "${name}"`
    const before = earlier.find(
      (one) => one.tag === tag && one.category === category && one.evidence.some((reason) => reason.endsWith(claim)),
    )
    if (before) return [{ ...verdict, confidence: before.confidence, evidence: before.evidence }]
    const { values = 0, [countKey(id)]: matched = 0 } = counts ?? {}
    if (matched === 0 || matched / values < compiled.minShare) return []
    const confidence = Math.round((matched / values) * 100) / 100
    return [{ ...verdict, confidence, evidence: [`${matched} of ${values} ${claim}`] }]
  })
}
