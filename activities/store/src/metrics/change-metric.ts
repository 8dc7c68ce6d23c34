import type { MetricDirection, MetricSpec } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import { withUniqueName, type NameTaken } from '../unique-name.ts'
import { findMetric, type MetricDefinitionRecord } from './metric-definitions.ts'

/** What may be changed of a definition. */
export interface MetricSettings {
  name: string
  spec: MetricSpec
  direction: MetricDirection
  minPercent: number
}

export type MetricSaved = { kind: 'saved'; metric: MetricDefinitionRecord } | NameTaken | { kind: 'not-found' }

const nameIndex = 'metric_definition_name'

/** Defines a metric on a table, once: its id may be of a request that is carried out again. */
export async function createMetric(
  db: Database,
  actor: Actor,
  input: MetricSettings & { id: string; assetId: string },
): Promise<MetricSaved> {
  return withUniqueName<MetricSaved>(db, nameIndex, async (trx) => {
    const { rows } = await sql`
      select from asset where id = ${input.assetId}::uuid and organization_id = ${actor.organizationId}::uuid
        and removed_at is null and document is not null for share`.execute(trx)
    if (rows.length === 0) return { kind: 'not-found' }
    const before = await findMetric(trx, actor.organizationId, input.id)
    if (before) return { kind: 'saved', metric: before }
    await trx
      .insertInto('metric_definition')
      .values({
        id: input.id,
        organization_id: actor.organizationId,
        asset_id: input.assetId,
        ...columnsOf(input),
        created_by: actor.name,
      })
      .execute()
    await appendAudit(trx, actor, {
      action: 'metric.create',
      target: { kind: 'asset', id: input.assetId },
      after: { metricId: input.id, ...visible(input) },
    })
    return found(trx, actor, input.id)
  })
}

/** Changes what is given. What is measured counts as another series once it is changed; how it is judged does not. */
export async function updateMetric(
  db: Database,
  actor: Actor,
  id: string,
  change: Partial<MetricSettings>,
): Promise<MetricSaved> {
  return withUniqueName<MetricSaved>(db, nameIndex, async (trx) => {
    const before = await lockedMetric(trx, actor.organizationId, id)
    if (!before) return { kind: 'not-found' }
    const after = { ...before, ...change }
    const measuresOther = JSON.stringify(before.spec) !== JSON.stringify(after.spec)
    await trx
      .updateTable('metric_definition')
      .set({ ...columnsOf(after), revision: before.revision + (measuresOther ? 1 : 0), updated_at: new Date() })
      .where('id', '=', id)
      .execute()
    await appendAudit(trx, actor, {
      action: 'metric.update',
      target: { kind: 'asset', id: before.assetId },
      before: { metricId: id, ...visible(before) },
      after: { metricId: id, ...visible(after) },
    })
    return found(trx, actor, id)
  })
}

/** Takes a metric out of use; what was measured stays in the record and is not shown. @returns false when there is none */
export async function deleteMetric(db: Database, actor: Actor, id: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const before = await lockedMetric(trx, actor.organizationId, id)
    if (!before) return false
    await trx.updateTable('metric_definition').set({ deleted_at: new Date() }).where('id', '=', id).execute()
    await appendAudit(trx, actor, {
      action: 'metric.delete',
      target: { kind: 'asset', id: before.assetId },
      before: { metricId: id, ...visible(before) },
    })
    return true
  })
}

async function lockedMetric(trx: Trx, organizationId: string, id: string): Promise<MetricDefinitionRecord | undefined> {
  if (!isUuid(id)) return undefined
  await sql`select from metric_definition where id = ${id}::uuid and organization_id = ${organizationId}::uuid
    for update`.execute(trx)
  return findMetric(trx, organizationId, id)
}

async function found(trx: Trx, actor: Actor, id: string): Promise<MetricSaved> {
  const metric = await findMetric(trx, actor.organizationId, id)
  return metric ? { kind: 'saved', metric } : { kind: 'not-found' }
}

const columnsOf = ({ name, spec, direction, minPercent }: MetricSettings) => ({
  name,
  kind: spec.kind,
  sql: spec.kind === 'sql' ? spec.sql : null,
  columns: spec.kind === 'duplicates' ? JSON.stringify(spec.columns) : null,
  direction,
  min_percent: minPercent,
})

/** What of a definition the audit keeps, by the names of the API. */
const visible = ({ name, spec, direction, minPercent }: MetricSettings) => ({ name, ...spec, direction, minPercent })
