import type { MetricSpec, MetricTrialResult } from '@plumbline/workflows'
import { sql } from 'kysely'
import type { Database } from '../database.ts'

export interface MetricTrial {
  connectionId: string
  externalId: string
  schema: string
  table: string
  spec: MetricSpec
}

/** Keeps a definition for the worker that tries it. Those that nobody waits for any more go with it. */
export async function beginTrial(
  db: Database,
  trial: { id: string; organizationId: string; assetId: string; spec: MetricSpec },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`delete from metric_trial where created_at < now() - interval '1 hour'`.execute(trx)
    const { id, organizationId, assetId, spec } = trial
    await trx
      .insertInto('metric_trial')
      .values({ id, organization_id: organizationId, asset_id: assetId, spec: JSON.stringify(spec) })
      .execute()
  })
}

export async function trialOf(db: Database, trialId: string): Promise<MetricTrial | undefined> {
  const { rows } = await sql<MetricTrial>`
    select a.connection_id as "connectionId", a.external_id as "externalId", schema.name as schema, a.name as table,
      t.spec
    from metric_trial t join asset a on a.id = t.asset_id join asset schema on schema.id = a.schema_id
    where t.id = ${trialId}::uuid and a.document is not null`.execute(db)
  return rows[0]
}

export async function endTrial(db: Database, trialId: string, result: MetricTrialResult): Promise<void> {
  await db
    .updateTable('metric_trial')
    .set({ result: JSON.stringify(result) })
    .where('id', '=', trialId)
    .execute()
}

/** What a trial came to, once: it is forgotten with it. */
export async function takeTrial(db: Database, trialId: string): Promise<MetricTrialResult | undefined> {
  const row = await db.deleteFrom('metric_trial').where('id', '=', trialId).returning('result').executeTakeFirst()
  return row?.result ?? undefined
}
