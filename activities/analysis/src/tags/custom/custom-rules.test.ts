import { expect, test } from 'vitest'
import { compileRule, countRules, patternFault, ruleVerdicts } from './custom-rules.ts'
import type { TagMatcher } from '@plumbline/workflows'

const ruleWith = (matcher: TagMatcher) =>
  compileRule({ id: '1', name: 'Badges', tag: 'badge', category: 'pii', matcher })

const tagsOf = (matcher: TagMatcher, column: string, values: string[]) => {
  const rule = ruleWith(matcher)
  return ruleVerdicts([rule], column, { values: values.length, ...countRules(values, [rule]) })
}

test('names are searched without regard to case', () => {
  const matcher = { kind: 'name', pattern: '^badge_(no|id)$' } as const
  expect(tagsOf(matcher, 'BADGE_NO', [])).toEqual([
    expect.objectContaining({ tag: 'badge', evidence: ['The name "BADGE_NO" matches the rule "Badges"'] }),
  ])
  expect(tagsOf(matcher, 'my_badge_no', [])).toEqual([])
})

test('whole values must match, in a large enough share of the sample; none of them is in the reason', () => {
  const matcher = { kind: 'value', pattern: 'E\\d{3}', minShare: 0.5 } as const
  expect(tagsOf(matcher, 'x', ['E123', 'e456', 'E1234', 'no'])).toEqual([
    expect.objectContaining({ confidence: 0.5, evidence: ['2 of 4 sampled values match the rule "Badges"'] }),
  ])
  expect(tagsOf(matcher, 'x', ['E123', 'no', 'no'])).toEqual([])
  expect(tagsOf(matcher, 'x', [])).toEqual([])
})

test('a dictionary knows its words, in capitals or not', () => {
  const matcher: TagMatcher = { kind: 'dictionary', words: ['Blue', 'red'], minShare: 1 }
  expect(tagsOf(matcher, 'x', ['blue', 'RED'])).toHaveLength(1)
})

test('patterns that would need backtracking are refused with what to do', () => {
  expect(patternFault('a+b')).toBeUndefined()
  for (const pattern of ['(?=a)b', '(a)\\1', '[a']) expect(patternFault(pattern)).toMatch(/RE2: no look-around/)
})

test('what makes others run for ever takes no time', () => {
  const { ofValue } = ruleWith({ kind: 'value', pattern: '(a+)+b', minShare: 1 }).compiled
  expect(ofValue?.('a'.repeat(1_000))).toBe(false)
})
