import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { anyFreePort } from '@plumbline/local'
import { openDatabase } from '@plumbline/store'
import { Client as Temporal, Connection } from '@temporalio/client'
import { createDatabaseOn, createRecordOn } from '../../support/databases.ts'
import { startProcess, startService } from '../../support/service-process.ts'
import type { Servers } from '../../support/servers.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { callApi } from './call-api.ts'

/** The product in processes of its own, with connections to run jobs on, and a client of the same Temporal beside it. */
export interface Engine {
  base: string
  token: string
  connections: { id: string; rootAssetId: string }[]
  /** Resolves when the gateway has answered. @returns the id of the job */
  startJob(connection: number): Promise<string>
  /** Resolves when it has ended. */
  runBare(workflow: 'bareConnect' | 'bareNothing'): Promise<void>
  /** In milliseconds, as the history of a workflow tells that Temporal ran alone. */
  startToFirstActivity(): Promise<number>
  /** When the transaction of each event began, in milliseconds, by the id of the event. */
  eventTimes(): Promise<Map<number, number>>
  stop(): Promise<void>
}

export async function arrangeEngine(servers: Servers, size: { connections: number }): Promise<Engine> {
  const home = temporaryFolder('engine')
  const databaseUrl = await createRecordOn(servers.postgresUrl)
  const target = targetOf(await createDatabaseOn(servers.postgresUrl))
  const services = await startServices({ home, databaseUrl, temporalAddress: servers.temporalAddress, target })
  const { base } = services
  const token = readFileSync(join(home, 'token'), 'utf8').trim()
  const call = callApi(base, token)
  const temporalConnection = await Connection.connect({ address: servers.temporalAddress })
  const temporal = new Temporal({ connection: temporalConnection })
  const db = openDatabase({ url: databaseUrl, poolSize: 2, applicationName: 'bench' })
  const connections: Engine['connections'] = []
  for (let n = 0; n < size.connections; n++) {
    connections.push(await call('POST', '/connections', { name: `source ${n}`, kind: 'postgres', ...target }))
  }
  const bare = (type: string) => ({
    type,
    options: { workflowId: crypto.randomUUID(), taskQueue: 'workflows', args: [] },
  })
  return {
    base,
    token,
    connections,
    async startJob(connection) {
      const assetId = connections[connection % connections.length]?.rootAssetId
      return (await call('POST', '/jobs', { type: 'schema_discovery', assetId })).id
    },
    async runBare(workflow) {
      const { type, options } = bare(workflow)
      await temporal.workflow.execute(type, options)
    },
    async startToFirstActivity() {
      const { type, options } = bare('bareNothing')
      const begun = performance.timeOrigin + performance.now()
      const handle = await temporal.workflow.start(type, options)
      await handle.result()
      const { events } = await handle.fetchHistory()
      const started = events?.find((event) => event.activityTaskStartedEventAttributes)?.eventTime
      return Number(started?.seconds) * 1000 + Number(started?.nanos) / 1e6 - begun
    },
    async eventTimes() {
      const rows = await db.selectFrom('job_event').select(['id', 'at']).execute()
      return new Map(rows.map(({ id, at }) => [id, at.getTime()]))
    },
    async stop() {
      await services.stop()
      await temporalConnection.close()
      await db.destroy()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Settings and credentials of a connection; without TLS, so that nobody tries it first. */
function targetOf(sourceUrl: string) {
  const { hostname, port, pathname, username, password } = new URL(sourceUrl)
  return {
    settings: { host: hostname, port: Number(port), database: pathname.slice(1), user: username, sslMode: 'disable' },
    credentials: { password },
  }
}

interface ServiceOptions {
  home: string
  databaseUrl: string
  temporalAddress: string
  target: ReturnType<typeof targetOf>
}

async function startServices({ home, databaseUrl, temporalAddress, target }: ServiceOptions) {
  const port = await anyFreePort()
  const environment = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    PLUMBLINE_KEY_FILE: join(home, 'key'),
  }
  const gateway = await startService('gateway', {
    ...environment,
    PLUMBLINE_PORT: String(port),
    PLUMBLINE_TOKEN_FILE: join(home, 'token'),
    // One token stands for many people here.
    PLUMBLINE_RATE_LIMIT: '0',
  })
  mkdirSync(join(home, 'worker'))
  const worker = await startProcess(fileURLToPath(new URL('worker.ts', import.meta.url)), 'worker ready', {
    ...environment,
    PLUMBLINE_HOME: join(home, 'worker'),
    BENCH_TARGET: JSON.stringify(target),
  })
  return {
    base: `http://127.0.0.1:${port}`,
    stop: () => Promise.all([gateway.stop(), worker.stop()]),
  }
}
