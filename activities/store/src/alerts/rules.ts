import type { AlertKind, RuleScope } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import { withUniqueName, type NameTaken } from '../unique-name.ts'

/** What may be changed of a rule. */
export interface RuleSettings {
  name: string
  kind: AlertKind
  scope: RuleScope
  /** Null: every channel. */
  channelIds: string[] | null
  enabled: boolean
}

export interface RuleRecord extends RuleSettings {
  id: string
  createdBy: string
  createdAt: Date
  updatedAt: Date
}

export type RuleSaved = { kind: 'saved'; rule: RuleRecord } | NameTaken | { kind: 'not-found' }

const nameIndex = 'alert_rule_name'

const rulesOf = (db: Database | Trx, organizationId: string) =>
  db
    .selectFrom('alert_rule')
    .select([
      'id',
      'name',
      'kind',
      'scope',
      'channel_ids as channelIds',
      'enabled',
      'created_by as createdBy',
      'created_at as createdAt',
      'updated_at as updatedAt',
    ])
    .where('organization_id', '=', organizationId)
    .where('deleted_at', 'is', null)

/** By name. */
export async function listRules(
  db: Database,
  organizationId: string,
  { after, limit }: { after?: { name: string; id: string } | undefined; limit: number },
): Promise<RuleRecord[]> {
  let query = rulesOf(db, organizationId)
  if (after) query = query.where(sql<boolean>`(name, id) > (${after.name}, ${after.id}::uuid)`)
  return query.orderBy('name').orderBy('id').limit(limit).execute()
}

export async function findRule(
  db: Database | Trx,
  organizationId: string,
  id: string,
): Promise<RuleRecord | undefined> {
  if (!isUuid(id)) return undefined
  return rulesOf(db, organizationId).where('id', '=', id).executeTakeFirst()
}

/** Makes a rule, once by its id. */
export async function createRule(db: Database, actor: Actor, rule: RuleSettings & { id: string }): Promise<RuleSaved> {
  return withUniqueName<RuleSaved>(db, nameIndex, async (trx) => {
    const before = await findRule(trx, actor.organizationId, rule.id)
    if (before) return { kind: 'saved', rule: before }
    await trx
      .insertInto('alert_rule')
      .values({ id: rule.id, organization_id: actor.organizationId, created_by: actor.name, ...columnsOf(rule) })
      .execute()
    const target = { kind: 'alert-rule', id: rule.id } as const
    await appendAudit(trx, actor, { action: 'alert-rule.create', target, after: settingsOf(rule) })
    return found(trx, actor, rule.id)
  })
}

/** Changes what is given. */
export async function updateRule(
  db: Database,
  actor: Actor,
  id: string,
  change: Partial<RuleSettings>,
): Promise<RuleSaved> {
  return withUniqueName<RuleSaved>(db, nameIndex, async (trx) => {
    const before = await findRule(trx, actor.organizationId, id)
    if (!before) return { kind: 'not-found' }
    const after = { ...before, ...change }
    await trx
      .updateTable('alert_rule')
      .set({ ...columnsOf(after), updated_at: new Date() })
      .where('id', '=', id)
      .where('organization_id', '=', actor.organizationId)
      .execute()
    await appendAudit(trx, actor, {
      action: 'alert-rule.update',
      target: { kind: 'alert-rule', id },
      before: settingsOf(before),
      after: settingsOf(after),
    })
    return found(trx, actor, id)
  })
}

/** @returns false when there is none */
export async function deleteRule(db: Database, actor: Actor, id: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const before = await findRule(trx, actor.organizationId, id)
    if (!before) return false
    const now = new Date()
    await trx
      .updateTable('alert_rule')
      .set({ deleted_at: now, updated_at: now })
      .where('id', '=', id)
      .where('organization_id', '=', actor.organizationId)
      .execute()
    const target = { kind: 'alert-rule', id } as const
    await appendAudit(trx, actor, { action: 'alert-rule.delete', target, before: settingsOf(before) })
    return true
  })
}

const columnsOf = ({ name, kind, scope, channelIds, enabled }: RuleSettings) => ({
  name,
  kind,
  scope: JSON.stringify(scope),
  channel_ids: channelIds,
  enabled,
})

const settingsOf = ({ name, kind, scope, channelIds, enabled }: RuleSettings) => ({
  name,
  kind,
  scope,
  channelIds,
  enabled,
})

async function found(trx: Trx, actor: Actor, id: string): Promise<RuleSaved> {
  const rule = await findRule(trx, actor.organizationId, id)
  return rule ? { kind: 'saved', rule } : { kind: 'not-found' }
}
