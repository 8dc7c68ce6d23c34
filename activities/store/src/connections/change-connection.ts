import { connectionKind, type ConnectionKind } from '@plumbline/connectors/kinds'
import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { isUuid, newId } from '../ids.ts'
import { admitWaitingJobs } from '../jobs/admit-jobs.ts'
import { appendJobEvents, type Trx } from '../jobs/job-events.ts'
import { withUniqueName, type NameTaken } from '../unique-name.ts'
import { removeSchedulesOfConnection } from '../schedules/remove-schedules.ts'
import { databaseExternalId, findConnection, type ConnectionRecord } from './connections.ts'

export interface NewConnection {
  id: string
  name: string
  kind: ConnectionKind
  settings: Record<string, unknown>
  sealedCredentials: Buffer
  maxConcurrentJobs: number
  /** The name of the root asset, made at once: discovery starts from it. */
  database: string
}

/** What is not given stays as it is, also of the settings. */
export interface ConnectionChange {
  name?: string
  settings?: Record<string, unknown>
  sealedCredentials?: Buffer
  maxConcurrentJobs?: number
  paused?: boolean
}

/** `admitted`: the jobs that got a slot by the change. */
export type Saved =
  | { kind: 'saved'; connection: ConnectionRecord; admitted: string[] }
  | NameTaken
  | { kind: 'not-found' }

/** Makes a connection and its root asset, once by its id; `name-taken` also where two ask for the same name in one moment. */
export async function createConnection(db: Database, actor: Actor, input: NewConnection): Promise<Saved> {
  return db.transaction().execute(async (trx): Promise<Saved> => {
    const inserted = await trx
      .insertInto('connection')
      .values({
        id: input.id,
        organization_id: actor.organizationId,
        name: input.name,
        kind: input.kind,
        settings: JSON.stringify(input.settings),
        sealed_credentials: input.sealedCredentials,
        max_concurrent_jobs: input.maxConcurrentJobs,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows !== 1n) {
      const made = await findConnection(trx, actor.organizationId, input.id)
      return made ? { kind: 'saved', connection: made, admitted: [] } : { kind: 'name-taken' }
    }
    const rootAssetId = newId()
    await trx
      .insertInto('asset')
      .values({
        id: rootAssetId,
        organization_id: actor.organizationId,
        connection_id: input.id,
        database_id: rootAssetId,
        kind: 'database',
        name: input.database,
        qualified_name: input.database,
        external_id: databaseExternalId,
      })
      .execute()
    await appendAudit(trx, actor, {
      action: 'connection.create',
      target: { kind: 'connection', id: input.id },
      after: visible(input),
    })
    const connection = await findConnection(trx, actor.organizationId, input.id)
    return connection ? { kind: 'saved', connection, admitted: [] } : { kind: 'not-found' }
  })
}

/** Changes a connection that is there. Changes in one moment are made one after the other, none undoes another's. */
export async function updateConnection(
  db: Database,
  actor: Actor,
  id: string,
  change: ConnectionChange,
): Promise<Saved> {
  return withUniqueName(db, 'connection_name', (trx) => writeChange(trx, actor, id, change))
}

async function writeChange(trx: Trx, actor: Actor, id: string, change: ConnectionChange): Promise<Saved> {
  const before = await lockedConnection(trx, actor.organizationId, id, 'change')
  if (!before) return { kind: 'not-found' }
  const settings = { ...before.settings, ...change.settings }
  await trx
    .updateTable('connection')
    .set({
      updated_at: new Date(),
      settings: JSON.stringify(settings),
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.sealedCredentials === undefined ? {} : { sealed_credentials: change.sealedCredentials }),
      ...(change.maxConcurrentJobs === undefined ? {} : { max_concurrent_jobs: change.maxConcurrentJobs }),
      ...(leadsElsewhere(before, settings) ? { history_source: null, history_read_to: null } : {}),
      ...(change.paused === undefined || change.paused === before.paused ? {} : pauseBy(actor, change.paused)),
    })
    .where('id', '=', id)
    .execute()
  if (change.paused === true) await giveUpKeptSlots(trx, id)
  await appendAudit(trx, actor, {
    action: 'connection.update',
    target: { kind: 'connection', id },
    before: visible(before),
    after: {
      ...visible({ ...before, ...change, settings }),
      credentialsChanged: change.sealedCredentials !== undefined,
    },
  })
  const admitted = await admitWaitingJobs(trx, id)
  const connection = await findConnection(trx, actor.organizationId, id)
  await appendJobEvents(trx, [...admitted, ...(await waitingJobs(trx, id))])
  return connection ? { kind: 'saved', connection, admitted } : { kind: 'not-found' }
}

/** Another database has another history. */
function leadsElsewhere({ kind, settings: before }: ConnectionRecord, after: Record<string, unknown>): boolean {
  const { databaseOf, namespaceOf } = connectionKind(kind)
  return databaseOf(before) !== databaseOf(after) || namespaceOf(before) !== namespaceOf(after)
}

const pauseBy = (actor: Actor, paused: boolean) => ({
  paused_at: paused ? new Date() : null,
  paused_by: paused ? actor.name : null,
})

/** Jobs that have not begun ask for a slot when they would: a pause holds for them too. */
async function giveUpKeptSlots(trx: Trx, connectionId: string): Promise<void> {
  await trx
    .updateTable('job')
    .set({ slot_kept: false })
    .where('connection_id', '=', connectionId)
    .where('status', '=', 'pending')
    .where('ended_at', 'is', null)
    .where('slot_kept', '=', true)
    .execute()
}

/** Those whose reason to wait, or place in the queue, the change may have changed. */
async function waitingJobs(trx: Trx, connectionId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('job')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('status', '=', 'pending')
    .where('ended_at', 'is', null)
    .execute()
  return rows.map((row) => row.id)
}

/**
 * Keeps other changes out until the transaction is over; with `end` also new jobs and assets, whose writers may take minutes:
 * a change never waits for them.
 */
async function lockedConnection(
  trx: Trx,
  organizationId: string,
  id: string,
  against: 'change' | 'end',
): Promise<ConnectionRecord | undefined> {
  if (!isUuid(id)) return undefined
  const strength = against === 'end' ? sql`update` : sql`no key update`
  await sql`
    select from connection where id = ${id}::uuid and organization_id = ${organizationId}::uuid for ${strength}`.execute(
    trx,
  )
  return findConnection(trx, organizationId, id)
}

/** What of a connection may be read by anyone of the organization. */
const visible = (c: Pick<ConnectionRecord, 'name' | 'settings' | 'maxConcurrentJobs'> & { paused?: boolean }) => ({
  name: c.name,
  settings: c.settings,
  maxConcurrentJobs: c.maxConcurrentJobs,
  paused: c.paused ?? false,
})

/**
 * Takes a connection out of use: its credentials are wiped at once, its assets and schedules are removed, while its jobs stay
 * as the audit trail they are. Refused while jobs of it are active.
 */
export async function deleteConnection(
  db: Database,
  actor: Actor,
  id: string,
): Promise<'deleted' | 'not-found' | 'in-use'> {
  return db.transaction().execute(async (trx) => {
    // Asked first without a lock: whoever is refused has waited for nobody, and nobody for him.
    if (await hasActiveJobs(trx, actor.organizationId, id)) return 'in-use'
    const before = await lockedConnection(trx, actor.organizationId, id, 'end')
    if (!before) return 'not-found'
    if (await hasActiveJobs(trx, actor.organizationId, id)) return 'in-use'
    const now = new Date()
    await trx
      .updateTable('connection')
      .set({ deleted_at: now, updated_at: now, sealed_credentials: null })
      .where('id', '=', id)
      .execute()
    await trx
      .updateTable('asset')
      .set({ removed_at: now })
      .where('connection_id', '=', id)
      .where('removed_at', 'is', null)
      .execute()
    await appendAudit(trx, actor, {
      action: 'connection.delete',
      target: { kind: 'connection', id },
      before: visible(before),
    })
    await removeSchedulesOfConnection(trx, actor, id)
    return 'deleted'
  })
}

async function hasActiveJobs(trx: Trx, organizationId: string, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const active = await trx
    .selectFrom('job')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('connection_id', '=', id)
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return active !== undefined
}
