import { sql } from 'kysely'
import type { Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'

/** Removes the schedules on the assets of a connection that is being deleted, in its transaction. */
export async function removeSchedulesOfConnection(trx: Trx, actor: Actor, connectionId: string): Promise<void> {
  await sql`
    with removed as (
      update schedule set deleted_at = now(), updated_at = now(), revision = revision + 1
      where deleted_at is null
        and asset_id = any(array(select id from asset where connection_id = ${connectionId}::uuid))
      returning id, organization_id, name
    )
    insert into audit (organization_id, actor, action, target_kind, target_id, before, reason, request_id)
    select organization_id, 'Plumbline', 'schedule.delete', 'schedule', id, jsonb_build_object('name', name),
      'Its connection was deleted', ${actor.requestId}
    from removed order by name`.execute(trx)
}

/**
 * Removes the schedules whose asset a discovery found gone. Set-based and guarded: repeating it, also by several gateways at
 * once, removes and notes each once.
 * @returns how many were removed
 */
export async function removeSchedulesOfGoneAssets(db: Database): Promise<number> {
  const { numAffectedRows } = await sql`
    with removed as (
      update schedule set deleted_at = now(), updated_at = now(), revision = revision + 1
      where deleted_at is null and exists (
        select from asset where asset.id = schedule.asset_id and asset.removed_at is not null)
      returning id, organization_id, name
    )
    insert into audit (organization_id, actor, action, target_kind, target_id, before, reason, request_id)
    select organization_id, 'Plumbline', 'schedule.delete', 'schedule', id, jsonb_build_object('name', name),
      'Its asset is not there any more', 'schedules'
    from removed order by name`.execute(db)
  return Number(numAffectedRows ?? 0)
}
