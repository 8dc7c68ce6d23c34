import type { ConnectionKind } from '@plumbline/connectors/kinds'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { isUuid } from '../ids.ts'

export interface ConnectionRecord {
  id: string
  organizationId: string
  name: string
  kind: ConnectionKind
  settings: Record<string, unknown>
  maxConcurrentJobs: number
  /** No job of it is admitted. */
  paused: boolean
  rootAssetId: string
  createdAt: Date
  updatedAt: Date
}

/** The external id of the root asset of every connection. */
export const databaseExternalId = 'd'

const columns = [
  'c.id',
  'c.organization_id',
  'c.name',
  'c.kind',
  'c.settings',
  'c.max_concurrent_jobs',
  'c.paused_at',
  'c.created_at',
  'c.updated_at',
  'a.id as root_asset_id',
] as const

function selectConnections(db: Database) {
  return db
    .selectFrom('connection as c')
    .innerJoin('asset as a', (join) =>
      join
        .onRef('a.connection_id', '=', 'c.id')
        .on('a.external_id', '=', databaseExternalId)
        .on('a.removed_at', 'is', null),
    )
    .select(columns)
    .where('c.deleted_at', 'is', null)
}

type ConnectionRow = Awaited<ReturnType<ReturnType<typeof selectConnections>['execute']>>[number]

const recordOf = (row: ConnectionRow): ConnectionRecord => ({
  id: row.id,
  organizationId: row.organization_id,
  name: row.name,
  kind: row.kind,
  settings: row.settings,
  maxConcurrentJobs: row.max_concurrent_jobs,
  paused: row.paused_at !== null,
  rootAssetId: row.root_asset_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** `undefined` for an id that is none, another organization's, or of a connection that was deleted. */
export async function findConnection(
  db: Database,
  organizationId: string,
  id: string,
): Promise<ConnectionRecord | undefined> {
  if (!isUuid(id)) return undefined
  const row = await selectConnections(db)
    .where('c.organization_id', '=', organizationId)
    .where('c.id', '=', id)
    .executeTakeFirst()
  return row && recordOf(row)
}

/** By name; `after` is the name and id of the last one of the page before. */
export async function listConnections(
  db: Database,
  organizationId: string,
  page: { after?: { name: string; id: string } | undefined; limit: number },
): Promise<ConnectionRecord[]> {
  const { after } = page
  const rows = await selectConnections(db)
    .where('c.organization_id', '=', organizationId)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(c.name, c.id) > (${after?.name ?? ''}, ${after?.id ?? ''}::uuid)`),
    )
    .orderBy('c.name')
    .orderBy('c.id')
    .limit(page.limit)
    .execute()
  return rows.map(recordOf)
}

/** Those with one of the ids, by id. */
export async function connectionsById(
  db: Database,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, ConnectionRecord>> {
  const rows = await selectConnections(db)
    .where('c.organization_id', '=', organizationId)
    .where(sql<boolean>`c.id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, recordOf(row)]))
}

/** The kind of a connection that is there; found by id, not by organization. */
export async function kindOf(db: Database, id: string): Promise<ConnectionKind> {
  const row = await db.selectFrom('connection').select('kind').where('id', '=', id).executeTakeFirstOrThrow()
  return row.kind
}

/** How a source is opened. */
export interface Opening {
  kind: ConnectionKind
  settings: Record<string, unknown>
  sealedCredentials: Buffer
}

/** The sealed credentials, for the `warehouse` activities alone; the connection is found by id, not by organization. */
export async function openingOf(db: Database, id: string): Promise<Opening | undefined> {
  const row = await db
    .selectFrom('connection')
    .select(['kind', 'settings', 'sealed_credentials'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row?.sealed_credentials) return undefined
  return { kind: row.kind, settings: row.settings, sealedCredentials: row.sealed_credentials }
}
