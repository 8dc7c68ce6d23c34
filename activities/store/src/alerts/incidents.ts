import type { AlertKind, IncidentState } from '@plumbline/workflows'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'
import { lockForIncidents } from './alert-rounds.ts'
import { tellOf } from './change-incidents.ts'
import type { IncidentRow } from './delivery-tries.ts'

export type IncidentRecord = IncidentRow & {
  connection_name: string | null
  asset_name: string | null
  state: IncidentState
}

export interface IncidentFilter {
  /** `open`: all that is not resolved. */
  state?: 'open' | 'resolved' | undefined
  kind?: AlertKind | undefined
  jobId?: string | undefined
  assetId?: string | undefined
  id?: string | undefined
}

export interface IncidentPageRequest extends IncidentFilter {
  after?: { resolved: boolean; lastAt: number; id: string } | undefined
  limit: number
}

/** Open ones first, of each the newest occurrence first. */
export async function listIncidents(
  db: Database,
  organizationId: string,
  { state, kind, jobId, assetId, id, after, limit }: IncidentPageRequest,
): Promise<IncidentRecord[]> {
  if ([jobId, assetId, id].some((one) => one !== undefined && !isUuid(one))) return []
  const { rows } = await sql<IncidentRecord>`
    select i.*, c.name as connection_name, a.qualified_name as asset_name,
      case when i.resolved_at is not null then 'resolved' when i.muted_until > now() then 'muted'
        when i.acknowledged_at is not null then 'acknowledged' else 'open' end as state
    from incident i left join connection c on c.id = i.connection_id left join asset a on a.id = i.asset_id
    where i.organization_id = ${organizationId}::uuid
      and ${state === undefined ? sql`true` : sql`(i.resolved_at is not null) = ${state === 'resolved'}`}
      and ${kind === undefined ? sql`true` : sql`i.kind = ${kind}`}
      and ${id === undefined ? sql`true` : sql`i.id = ${id}::uuid`}
      and ${assetId === undefined ? sql`true` : sql`i.asset_id = ${assetId}::uuid`}
      and ${
        jobId === undefined
          ? sql`true`
          : sql`i.id in (select incident_id from incident_occurrence where job_id = ${jobId}::uuid)`
      }
      and ${
        after === undefined
          ? sql`true`
          : sql`((i.resolved_at is not null), -extract(epoch from i.last_at) * 1000, i.id) >
              (${after.resolved}, ${-after.lastAt}::numeric, ${after.id}::uuid)`
      }
    order by (i.resolved_at is not null), i.last_at desc, i.id limit ${limit}`.execute(db)
  return rows
}

export async function findIncident(
  db: Database,
  organizationId: string,
  id: string,
): Promise<IncidentRecord | undefined> {
  const [row] = await listIncidents(db, organizationId, { id, limit: 1 })
  return row
}

export interface OccurrenceRow {
  job_id: string | null
  asset_id: string
  asset_name: string
  at: Date
  message: string
}

/** The newest ones. */
export async function occurrencesOf(
  db: Database,
  organizationId: string,
  incidentId: string,
  limit: number,
): Promise<OccurrenceRow[]> {
  return db
    .selectFrom('incident_occurrence as o')
    .innerJoin('asset', 'asset.id', 'o.asset_id')
    .select(['o.job_id', 'o.asset_id', 'asset.qualified_name as asset_name', 'o.at', 'o.message'])
    .where('o.organization_id', '=', organizationId)
    .where('o.incident_id', '=', incidentId)
    .orderBy('o.at', 'desc')
    .orderBy('o.key')
    .limit(limit)
    .execute()
}

/** What a person does about an incident. */
export type IncidentAction =
  | { action: 'acknowledge'; note?: string | undefined }
  | { action: 'mute'; until: Date; note?: string | undefined }
  | { action: 'resolve'; note?: string | undefined }

export type IncidentActed = 'done' | 'not-found' | 'resolved'

/** Once resolved it never changes. Again is harmless: the first who acknowledged stays. */
export async function actOnIncident(
  db: Database,
  actor: Actor,
  id: string,
  act: IncidentAction,
): Promise<IncidentActed> {
  if (!isUuid(id)) return 'not-found'
  return db.transaction().execute(async (trx) => {
    await lockForIncidents(trx)
    const before = await trx
      .selectFrom('incident')
      .select('resolved_at')
      .where('organization_id', '=', actor.organizationId)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!before) return 'not-found'
    if (before.resolved_at) return act.action === 'resolve' ? 'done' : 'resolved'
    await trx.updateTable('incident').set(changeOf(act, actor.name)).where('id', '=', id).execute()
    await appendAudit(trx, actor, {
      action: `incident.${act.action}`,
      target: { kind: 'incident', id },
      ...(act.action === 'mute' && { after: { until: act.until.toISOString() } }),
      reason: act.note,
    })
    if (act.action === 'resolve') await tellOf(trx, 'recovered', [{ id, organizationId: actor.organizationId }])
    return 'done'
  })
}

function changeOf(act: IncidentAction, by: string) {
  switch (act.action) {
    case 'acknowledge':
      return {
        acknowledged_at: sql<Date>`coalesce(acknowledged_at, now())`,
        acknowledged_by: sql<string>`coalesce(acknowledged_by, ${by})`,
      }
    case 'mute':
      return { muted_until: act.until, muted_by: by }
    case 'resolve':
      return { resolved_at: sql<Date>`now()`, resolved_by: by }
  }
}
