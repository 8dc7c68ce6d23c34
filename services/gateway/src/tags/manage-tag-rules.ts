import { patternFault } from '@plumbline/analysis'
import type { zCreateTagRule, zUpdateTagRule } from '@plumbline/api'
import {
  createTagRule,
  deleteTagRule,
  newId,
  updateTagRule,
  type Actor,
  type TagRuleRecord,
  type TagRuleSaved,
} from '@plumbline/store'
import type { TagMatcher } from '@plumbline/workflows'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { invalidField, notFound, ProblemError } from '../http/problem.ts'

type RuleDeps = Pick<Deps, 'db'>

export async function defineTagRule(
  { db }: RuleDeps,
  actor: Actor,
  rule: z.output<typeof zCreateTagRule>,
): Promise<TagRuleRecord> {
  checkMatcher(rule.matcher)
  const id = actor.resourceId ?? newId()
  return unwrapped(await createTagRule(db, actor, { ...rule, id }), id)
}

export async function changeTagRule(
  { db }: RuleDeps,
  actor: Actor,
  id: string,
  change: z.output<typeof zUpdateTagRule>,
): Promise<TagRuleRecord> {
  if (change.matcher) checkMatcher(change.matcher)
  const { name, tag, category, matcher, enabled } = change
  const given = {
    ...(name !== undefined && { name }),
    ...(tag !== undefined && { tag }),
    ...(category && { category }),
    ...(matcher && { matcher }),
    ...(enabled !== undefined && { enabled }),
  }
  return unwrapped(await updateTagRule(db, actor, id, given), id)
}

export async function removeTagRule({ db }: RuleDeps, actor: Actor, id: string): Promise<void> {
  if (!(await deleteTagRule(db, actor, id))) throw notFound('tag rule', id)
}

/** @throws ProblemError 422 for a pattern that cannot be matched in linear time, or not at all */
export function checkMatcher(matcher: TagMatcher): void {
  if (matcher.kind === 'dictionary') return
  const fault = patternFault(matcher.pattern)
  if (fault !== undefined) throw invalidField('matcher.pattern', fault)
}

function unwrapped(saved: TagRuleSaved, id: string): TagRuleRecord {
  switch (saved.kind) {
    case 'not-found':
      throw notFound('tag rule', id)
    case 'name-taken':
      throw new ProblemError('name-taken', 'Another tag rule has this name already')
    case 'saved':
      return saved.rule
  }
}
