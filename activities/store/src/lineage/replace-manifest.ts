import { sql } from 'kysely'
import { appendAudit, type Actor } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import type { Trx } from '../jobs/job-events.ts'

/** What a manifest says of a model, seed, snapshot or source. */
export interface DbtNode {
  uniqueId: string
  database: string | null
  schema: string | null
  /** Null of an ephemeral model. */
  relation: string | null
  /** As compiled; null where there is none. */
  sql: string | null
  dependsOn: string[]
}

export interface DbtManifestRecord {
  project: string
  dbtVersion: string
  generatedAt: Date | null
  nodes: number
  bytes: number
  uploadedAt: Date
  /** Models without compiled SQL. */
  withoutSql: number
  /** Nodes of another database than that of the connection. */
  otherDatabase: number
}

/** What is known of a manifest when all of it was read. */
export interface ManifestFacts {
  project: string
  dbtVersion: string
  generatedAt: Date | null
  bytes: number
}

/**
 * Replaces the dbt manifest of a connection as a whole: until it is read to its end the one before stays, and where `read` throws it
 * stays for good. Two uploads at once are carried out one after the other. Only the going of the connection waits for it, not its jobs.
 *
 * @param read writes nodes in batches and tells in the end whose they are
 * @returns undefined when the organization has no such connection
 */
export async function replaceManifest(
  db: Database,
  actor: Actor,
  connectionId: string,
  read: (write: (nodes: readonly DbtNode[]) => Promise<void>) => Promise<ManifestFacts>,
): Promise<DbtManifestRecord | undefined> {
  return db.transaction().execute(async (trx) => {
    if (!(await emptyManifest(trx, actor, connectionId))) return undefined
    const { project, dbtVersion, generatedAt, bytes } = await read((nodes) => writeNodes(trx, connectionId, nodes))
    await sql`
      update dbt_manifest m set project = ${project}, dbt_version = ${dbtVersion}, generated_at = ${generatedAt}, bytes = ${bytes},
        nodes = (select count(*) from dbt_node n where n.connection_id = m.connection_id)
      where connection_id = ${connectionId}::uuid and organization_id = ${actor.organizationId}::uuid`.execute(trx)
    const record = await manifestOf(trx, actor.organizationId, connectionId)
    if (!record) throw new Error('the manifest that was just written is gone')
    await appendAudit(trx, actor, {
      action: 'connection.dbt-manifest',
      target: { kind: 'connection', id: connectionId },
      after: { project, nodes: record.nodes },
    })
    return record
  })
}

/** A manifest without nodes, in place of the one before. @returns false when the organization has no such connection */
async function emptyManifest(trx: Trx, actor: Actor, connectionId: string): Promise<boolean> {
  const { rows } = await sql`
    insert into dbt_manifest (connection_id, organization_id, project, dbt_version, nodes, bytes, uploaded_by)
    select id, organization_id, '', '', 0, 0, ${actor.name} from connection
    where id = ${connectionId}::uuid and organization_id = ${actor.organizationId}::uuid and deleted_at is null
    for key share
    on conflict (connection_id) do update set uploaded_by = excluded.uploaded_by, uploaded_at = now()
    returning connection_id`.execute(trx)
  if (rows.length === 0) return false
  await sql`
    delete from dbt_node n using dbt_manifest m
    where n.connection_id = ${connectionId}::uuid and m.connection_id = n.connection_id
      and m.organization_id = ${actor.organizationId}::uuid`.execute(trx)
  return true
}

async function writeNodes(trx: Trx, connectionId: string, nodes: readonly DbtNode[]): Promise<void> {
  if (nodes.length === 0) return
  await sql`
    insert into dbt_node (connection_id, unique_id, database_name, schema_name, relation_name, sql, depends_on)
    select ${connectionId}::uuid, n."uniqueId", n.database, n.schema, n.relation, n.sql, n."dependsOn"
    from jsonb_to_recordset(${JSON.stringify(nodes)}::jsonb) as n("uniqueId" text, database text, schema text, relation text,
      sql text, "dependsOn" jsonb)
    on conflict (connection_id, unique_id) do nothing`.execute(trx)
}

async function manifestOf(
  trx: Trx,
  organizationId: string,
  connectionId: string,
): Promise<DbtManifestRecord | undefined> {
  const { rows } = await sql<DbtManifestRecord>`
    select m.project, m.dbt_version as "dbtVersion", m.generated_at as "generatedAt", m.nodes, m.bytes, m.uploaded_at as "uploadedAt",
      (select count(*) from dbt_node n where n.connection_id = m.connection_id and n.sql is null
        and split_part(n.unique_id, '.', 1) in ('model', 'snapshot')) as "withoutSql",
      (select count(*) from dbt_node n where n.connection_id = m.connection_id
        and lower(n.database_name) <> lower(d.name)) as "otherDatabase"
    from dbt_manifest m
    join asset d on d.connection_id = m.connection_id and d.kind = 'database' and d.removed_at is null
    where m.connection_id = ${connectionId}::uuid and m.organization_id = ${organizationId}::uuid`.execute(trx)
  return rows[0]
}
