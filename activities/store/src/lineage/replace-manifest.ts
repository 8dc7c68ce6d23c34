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
 * stays for good. Two uploads at once are carried out one after the other.
 *
 * @param read writes nodes in batches and tells in the end whose they are
 */
export async function replaceManifest(
  db: Database,
  actor: Actor,
  connectionId: string,
  read: (write: (nodes: readonly DbtNode[]) => Promise<void>) => Promise<ManifestFacts>,
): Promise<DbtManifestRecord> {
  return db.transaction().execute(async (trx) => {
    await sql`select from connection where id = ${connectionId}::uuid for no key update`.execute(trx)
    await trx.deleteFrom('dbt_manifest').where('connection_id', '=', connectionId).execute()
    await trx
      .insertInto('dbt_manifest')
      .values({
        connection_id: connectionId,
        organization_id: actor.organizationId,
        project: '',
        dbt_version: '',
        generated_at: null,
        nodes: 0,
        bytes: 0,
        uploaded_by: actor.name,
      })
      .execute()
    const facts = await read((nodes) => writeNodes(trx, connectionId, nodes))
    await trx
      .updateTable('dbt_manifest')
      .set((eb) => ({
        project: facts.project,
        dbt_version: facts.dbtVersion,
        generated_at: facts.generatedAt,
        bytes: facts.bytes,
        nodes: eb
          .selectFrom('dbt_node')
          .select((count) => count.fn.countAll<number>().as('count'))
          .where('connection_id', '=', connectionId),
      }))
      .where('connection_id', '=', connectionId)
      .execute()
    const record = await manifestOf(trx, connectionId)
    if (!record) throw new Error('the manifest that was just written is gone')
    const { project, nodes } = record
    await appendAudit(trx, actor, {
      action: 'connection.dbt-manifest',
      target: { kind: 'connection', id: connectionId },
      after: { project, nodes },
    })
    return record
  })
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

async function manifestOf(db: Database | Trx, connectionId: string): Promise<DbtManifestRecord | undefined> {
  const { rows } = await sql<DbtManifestRecord>`
    select m.project, m.dbt_version as "dbtVersion", m.generated_at as "generatedAt", m.nodes, m.bytes, m.uploaded_at as "uploadedAt",
      (select count(*) from dbt_node n where n.connection_id = m.connection_id and n.sql is null
        and split_part(n.unique_id, '.', 1) in ('model', 'snapshot')) as "withoutSql",
      (select count(*) from dbt_node n where n.connection_id = m.connection_id
        and lower(n.database_name) <> lower(d.name)) as "otherDatabase"
    from dbt_manifest m
    join asset d on d.connection_id = m.connection_id and d.kind = 'database' and d.removed_at is null
    where m.connection_id = ${connectionId}::uuid`.execute(db)
  return rows[0]
}
