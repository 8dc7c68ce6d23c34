import type { CreateTagRule, TagMatcherInput, TagRule } from '@plumbline/api'

/** What is being edited; words are one a line, the share in percent. */
export interface TagRuleForm {
  name: string
  tag: string
  category: TagRule['category']
  kind: TagMatcherInput['kind']
  pattern: string
  words: string
  minPercent: number
}

export function formOf(rule: TagRule | undefined): TagRuleForm {
  const begin = { name: '', tag: '', category: 'pii', kind: 'name', pattern: '', words: '', minPercent: 80 } as const
  if (!rule) return begin
  const { name, tag, category, matcher } = rule
  return {
    ...begin,
    name,
    tag,
    category,
    kind: matcher.kind,
    ...(matcher.kind === 'dictionary' ? { words: matcher.words.join('\n') } : { pattern: matcher.pattern }),
    ...(matcher.kind !== 'name' && { minPercent: Math.round(matcher.minShare * 100) }),
  }
}

export function matcherOf({ kind, pattern, words, minPercent }: TagRuleForm): TagMatcherInput {
  if (kind === 'name') return { kind, pattern }
  const minShare = minPercent / 100
  if (kind === 'value') return { kind, pattern, minShare }
  return {
    kind,
    words: words
      .split('\n')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
    minShare,
  }
}

export const ruleOf = (form: TagRuleForm): CreateTagRule => ({
  name: form.name,
  tag: form.tag,
  category: form.category,
  matcher: matcherOf(form),
})
