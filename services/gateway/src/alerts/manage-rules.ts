import type { zCreateAlertRule, zUpdateAlertRule } from '@plumbline/api'
import {
  createRule,
  deleteRule,
  findAsset,
  findChannel,
  findConnection,
  newId,
  updateRule,
  type Actor,
  type RuleRecord,
  type RuleSaved,
} from '@plumbline/store'
import type { RuleScope } from '@plumbline/workflows'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { invalidField, notFound, ProblemError } from '../http/problem.ts'

type RuleDeps = Pick<Deps, 'db'>
type Scope = z.output<typeof zCreateAlertRule>['scope']

export async function addRule(
  { db }: RuleDeps,
  actor: Actor,
  rule: z.output<typeof zCreateAlertRule>,
): Promise<RuleRecord> {
  const id = actor.resourceId ?? newId()
  const scope = await checkedScope(db, actor, rule.scope)
  await checkChannels(db, actor, rule.channelIds)
  return unwrapped(await createRule(db, actor, { ...rule, scope, id }), id)
}

/** What is not given stays; a scope is replaced as a whole. */
export async function changeRule(
  { db }: RuleDeps,
  actor: Actor,
  id: string,
  { name, kind, scope, channelIds, enabled }: z.output<typeof zUpdateAlertRule>,
): Promise<RuleRecord> {
  if (channelIds) await checkChannels(db, actor, channelIds)
  const given = {
    ...(name !== undefined && { name }),
    ...(kind && { kind }),
    ...(scope && { scope: await checkedScope(db, actor, scope) }),
    ...(channelIds !== undefined && { channelIds }),
    ...(enabled !== undefined && { enabled }),
  }
  return unwrapped(await updateRule(db, actor, id, given), id)
}

export async function removeRule({ db }: RuleDeps, actor: Actor, id: string): Promise<void> {
  if (!(await deleteRule(db, actor, id))) throw notFound('alert rule', id)
}

/** @throws ProblemError 422 for what is not there, or another organization's */
async function checkedScope(
  db: Deps['db'],
  actor: Actor,
  { types, connectionId, assetId, tag }: Scope,
): Promise<RuleScope> {
  if (connectionId !== undefined && !(await findConnection(db, actor.organizationId, connectionId)))
    throw invalidField('scope.connectionId', 'there is no such connection')
  if (assetId !== undefined && !(await findAsset(db, actor.organizationId, assetId)))
    throw invalidField('scope.assetId', 'there is no such asset')
  return {
    ...(types && { types }),
    ...(connectionId !== undefined && { connectionId }),
    ...(assetId !== undefined && { assetId }),
    ...(tag !== undefined && { tag }),
  }
}

async function checkChannels(db: Deps['db'], actor: Actor, ids: readonly string[] | null): Promise<void> {
  for (const [index, id] of (ids ?? []).entries()) {
    if (!(await findChannel(db, actor.organizationId, id)))
      throw invalidField(`channelIds.${index}`, 'there is no such channel')
  }
}

function unwrapped(saved: RuleSaved, id: string): RuleRecord {
  switch (saved.kind) {
    case 'not-found':
      throw notFound('alert rule', id)
    case 'name-taken':
      throw new ProblemError('name-taken', 'Another alert rule has this name already')
    case 'saved':
      return saved.rule
  }
}
