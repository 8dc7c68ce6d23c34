import { openDatabase, type Database } from '@plumbline/store'
import { inject } from 'vitest'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { seedLineage, type SeededEdge, type SeededRelation } from '../../support/lineage-seed.ts'
import { createRecord } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

/** A gateway on a record of its own, into which lineage is written. */
export interface LineageStage {
  gateway: TestGateway
  db: Database
  /** Another gateway on the same record, which the caller stops. */
  startGateway(environment: Record<string, string>): Promise<TestGateway>
  /** Adds a connection with these relations. @returns the ids by `schema.name`, and that of the database as `` (nothing) */
  seed(relations: readonly SeededRelation[], edges: readonly SeededEdge[]): Promise<Map<string, string>>
  stop(): Promise<void>
}

export async function startLineageStage(): Promise<LineageStage> {
  const databaseUrl = await createRecord()
  const db = openDatabase({ url: databaseUrl, poolSize: 4, applicationName: 'test' })
  const namespace = await createNamespace()
  const startGateway = (environment: Record<string, string> = {}) =>
    startTestGateway({ databaseUrl, temporalAddress: inject('temporalAddress'), namespace, environment })
  const gateway = await startGateway()
  let connections = 0
  return {
    gateway,
    db,
    startGateway,
    async seed(relations, edges) {
      connections += 1
      const { body } = await gateway.call('POST', '/connections', {
        name: `shop ${connections}`,
        kind: 'postgres',
        settings: { host: 'db.example', port: 5432, database: 'shop', user: 'reader' },
        credentials: { password: 'secret' },
      })
      const row = await db
        .selectFrom('connection')
        .select('organization_id')
        .where('id', '=', body.id)
        .executeTakeFirstOrThrow()
      const place = {
        organizationId: row.organization_id,
        connectionId: body.id,
        databaseId: body.rootAssetId,
        database: 'shop',
      }
      const ids = await seedLineage(db, place, { relations, edges })
      return ids.set('', body.rootAssetId)
    },
    async stop() {
      await gateway.stop()
      await db.destroy()
    },
  }
}
