import { connectorFor, type CatalogEvent, type Connector } from '@plumbline/connectors'
import type { ConnectionKind } from '@plumbline/connectors/kinds'
import { createConnection, createJobLedger, listSchemaChanges, newId, type SchemaChangeRecord } from '@plumbline/store'
import { createAnalysisActivities, createLedgerActivities, createWarehouseActivities } from '@plumbline/tasks'
import { schemaDiscovery, type JobOutcome } from '@plumbline/workflows'
import { MockActivityEnvironment } from '@temporalio/testing'
import { DefaultLogger } from '@temporalio/worker'
import { failed, type Arrangement } from '../jobs/arrange.ts'

/** Called before each event of the reading, with its number from 0. */
export type OnEvent = (event: CatalogEvent, index: number) => Promise<void> | void

export const discoverySteps = ['connect', 'read_catalog', 'compare', 'store'] as const
export type DiscoveryStep = (typeof discoverySteps)[number]

export interface DiscoveryRun {
  config?: Record<string, unknown>
  onEvent?: OnEvent
  /** Called before a step with the environment that it is about to run in. */
  beforeStep?: (step: DiscoveryStep, environment: MockActivityEnvironment) => Promise<void> | void
}

export interface DiscoveredSource {
  connectionId: string
  databaseId: string
  /** Runs the activities of a discovery in their order and ends the job as they end. @throws what an activity threw */
  discover(run?: DiscoveryRun): Promise<{ jobId: string; changes: SchemaChangeRecord[] }>
  /** Qualified names of what is there by the record. */
  present(): Promise<string[]>
}

/** A connection to a real database, discovered by the real activities, without Temporal between them. */
export async function connectSource(
  at: Arrangement,
  url: string,
  login: { user?: string; password?: string } = {},
): Promise<DiscoveredSource> {
  const { hostname, port, pathname, username, password } = new URL(url)
  const id = newId()
  const database = pathname.slice(1)
  const saved = await createConnection(at.db, at.actor, {
    id,
    name: `connection ${id}`,
    kind: 'postgres',
    settings: { host: hostname, port: Number(port), database, user: login.user ?? decodeURIComponent(username) },
    sealedCredentials: Buffer.from(''),
    maxConcurrentJobs: 4,
    database,
  })
  if (saved.kind !== 'saved') throw new Error(saved.kind)
  const databaseId = saved.connection.rootAssetId
  const credentials = { password: login.password ?? decodeURIComponent(password) }
  return {
    connectionId: id,
    databaseId,
    discover: (run = {}) => discover(at, { databaseId, credentials }, run),
    async present() {
      const rows = await at.db
        .selectFrom('asset')
        .select('qualified_name')
        .where('connection_id', '=', id)
        .where('removed_at', 'is', null)
        .orderBy('qualified_name')
        .execute()
      return rows.map((row) => row.qualified_name)
    },
  }
}

async function discover(
  at: Arrangement,
  source: { databaseId: string; credentials: Record<string, string> },
  run: DiscoveryRun,
): Promise<{ jobId: string; changes: SchemaChangeRecord[] }> {
  const jobId = await at.addJob(source.databaseId)
  const config = JSON.stringify(schemaDiscovery.config.parse(run.config ?? {}))
  await at.db.updateTable('job').set({ config }).where('id', '=', jobId).execute()
  const ledger = createJobLedger(at.db)
  await ledger.begin(jobId)
  const deps = { db: at.db, ledger, sealer: { open: () => source.credentials }, connectorFor: withHook(run.onEvent) }
  const [warehouse, analysis, store] = [
    createWarehouseActivities(deps),
    createAnalysisActivities(deps),
    createLedgerActivities(deps),
  ]
  const work: Record<DiscoveryStep, () => Promise<unknown>> = {
    connect: () => warehouse.connect({ jobId }),
    read_catalog: () => warehouse.readCatalog({ jobId }),
    compare: () => analysis.compareCatalog({ jobId }),
    store: () => store.storeCatalog({ jobId }),
  }
  let outcome: JobOutcome = failed
  try {
    for (const step of discoverySteps) {
      const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') })
      const { runId } = environment.context.info.workflowExecution ?? { runId: '' }
      await ledger.openStep(jobId, step, null, runId)
      await run.beforeStep?.(step, environment)
      await environment.run(work[step])
    }
    outcome = { kind: 'completed', message: 'done', counts: {} }
  } finally {
    await ledger.end(jobId, outcome)
  }
  const asset = { id: source.databaseId, kind: 'database' as const }
  const changes = await listSchemaChanges(at.db, at.actor.organizationId, asset, { jobId, limit: 1000 })
  return { jobId, changes: changes.toReversed() }
}

/** The real connector, whose reading stops at each event for as long as the hook takes. */
function withHook(onEvent: OnEvent | undefined): (kind: ConnectionKind) => Promise<Connector> {
  return async (kind) => {
    const connector = await connectorFor(kind)
    if (!onEvent) return connector
    return {
      ...connector,
      async open(target, options) {
        const session = await connector.open(target, options)
        return {
          describe: () => session.describe(),
          sample: (request) => session.sample(request),
          readQueries: (request) => session.readQueries(request),
          readStatements: (request) => session.readStatements(request),
          observeTables: (request) => session.observeTables(request),
          readNewest: (requests) => session.readNewest(requests),
          relationSizes: (relations) => session.relationSizes(relations),
          measure: (request) => session.measure(request),
          measureQuery: (request) => session.measureQuery(request),
          close: () => session.close(),
          async *readCatalog(request) {
            let index = 0
            for await (const event of session.readCatalog(request)) {
              await onEvent(event, index++)
              yield event
            }
          },
        }
      },
    }
  }
}
