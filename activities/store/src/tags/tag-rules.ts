import { createHash } from 'node:crypto'
import type { TagMatcher } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import { withUniqueName, type NameTaken } from '../unique-name.ts'
import type { TagCategory } from './tag-table.ts'

/** What may be changed of a rule. */
export interface TagRuleSettings {
  name: string
  tag: string
  category: TagCategory
  matcher: TagMatcher
  enabled: boolean
}

export interface TagRuleRecord extends TagRuleSettings {
  id: string
  createdBy: string
  createdAt: Date
  updatedAt: Date
}

export type TagRuleSaved = { kind: 'saved'; rule: TagRuleRecord } | NameTaken | { kind: 'not-found' }

const nameIndex = 'tag_rule_name'

const rulesOf = (db: Database, organizationId: string) =>
  db
    .selectFrom('tag_rule')
    .select([
      'id',
      'name',
      'tag',
      'category',
      'matcher',
      'enabled',
      'created_by as createdBy',
      'created_at as createdAt',
      'updated_at as updatedAt',
    ])
    .where('organization_id', '=', organizationId)
    .where('deleted_at', 'is', null)

/** By name. */
export async function listTagRules(
  db: Database,
  organizationId: string,
  page: { after?: { name: string; id: string } | undefined; limit: number },
): Promise<TagRuleRecord[]> {
  const { after } = page
  let query = rulesOf(db, organizationId)
  if (after) query = query.where(sql<boolean>`(name, id) > (${after.name}, ${after.id}::uuid)`)
  return query.orderBy('name').orderBy('id').limit(page.limit).execute()
}

/** The rules that are in force for the asset a job is about. */
export async function rulesOfJob(db: Database, jobId: string): Promise<TagRuleRecord[]> {
  const job = await db.selectFrom('job').select('organization_id').where('id', '=', jobId).executeTakeFirst()
  if (!job) return []
  return rulesOf(db, job.organization_id).where('enabled', '=', true).orderBy('name').execute()
}

export async function findTagRule(
  db: Database,
  organizationId: string,
  id: string,
): Promise<TagRuleRecord | undefined> {
  if (!isUuid(id)) return undefined
  return rulesOf(db, organizationId).where('id', '=', id).executeTakeFirst()
}

/** Makes a rule, once: its id may be of a request that is carried out again. */
export async function createTagRule(
  db: Database,
  actor: Actor,
  rule: TagRuleSettings & { id: string },
): Promise<TagRuleSaved> {
  return withUniqueName<TagRuleSaved>(db, nameIndex, async (trx) => {
    const before = await findTagRule(trx, actor.organizationId, rule.id)
    if (before) return { kind: 'saved', rule: before }
    const { id, name, tag, category, matcher, enabled } = rule
    await trx
      .insertInto('tag_rule')
      .values({
        id,
        organization_id: actor.organizationId,
        name,
        tag,
        category,
        matcher: JSON.stringify(matcher),
        enabled,
        created_by: actor.name,
      })
      .execute()
    const target = { kind: 'tag-rule', id } as const
    await appendAudit(trx, actor, { action: 'tag-rule.create', target, after: settingsOf(rule) })
    return found(trx, actor, id)
  })
}

/** Changes what is given. */
export async function updateTagRule(
  db: Database,
  actor: Actor,
  id: string,
  change: Partial<TagRuleSettings>,
): Promise<TagRuleSaved> {
  return withUniqueName<TagRuleSaved>(db, nameIndex, async (trx) => {
    const before = await findTagRule(trx, actor.organizationId, id)
    if (!before) return { kind: 'not-found' }
    const { matcher, ...rest } = change
    await trx
      .updateTable('tag_rule')
      .set({ ...rest, ...(matcher && { matcher: JSON.stringify(matcher) }), updated_at: new Date() })
      .where('id', '=', id)
      .where('organization_id', '=', actor.organizationId)
      .execute()
    await appendAudit(trx, actor, {
      action: 'tag-rule.update',
      target: { kind: 'tag-rule', id },
      before: settingsOf(before),
      after: settingsOf({ ...before, ...change }),
    })
    return found(trx, actor, id)
  })
}

/** @returns false when there is none */
export async function deleteTagRule(db: Database, actor: Actor, id: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const before = await findTagRule(trx, actor.organizationId, id)
    if (!before) return false
    const now = new Date()
    await trx
      .updateTable('tag_rule')
      .set({ deleted_at: now, updated_at: now })
      .where('id', '=', id)
      .where('organization_id', '=', actor.organizationId)
      .execute()
    await appendAudit(trx, actor, {
      action: 'tag-rule.delete',
      target: { kind: 'tag-rule', id },
      before: settingsOf(before),
    })
    return true
  })
}

/** For the audit, which is kept for ever: a dictionary may be real values, so only how many, and a digest that tells a change. */
const settingsOf = ({ name, tag, category, matcher, enabled }: TagRuleSettings): Record<string, unknown> => ({
  name,
  tag,
  category,
  matcher:
    matcher.kind === 'dictionary'
      ? { ...matcher, words: matcher.words.length, digest: digestOf(matcher.words) }
      : matcher,
  enabled,
})

const digestOf = (words: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 16)

async function found(trx: Trx, actor: Actor, id: string): Promise<TagRuleSaved> {
  const rule = await findTagRule(trx, actor.organizationId, id)
  return rule ? { kind: 'saved', rule } : { kind: 'not-found' }
}
