import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { anyFreePort } from '@plumbline/local'
import { migrate } from '@plumbline/store'
import { ownPostgres, type OwnPostgres } from './own-postgres.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { startService, type ServiceProcess } from './service-process.ts'
import { ownTemporal, type OwnTemporal } from './temporal-server.ts'

/** The whole product with every part a process of its own: each can be killed and started again while the rest goes on. */
export interface ProductProcesses {
  postgres: OwnPostgres
  temporal: OwnTemporal
  /** Base of the API. */
  base: string
  token: string
  startGateway(): Promise<void>
  killGateway(): Promise<void>
  /** `cache` holds the bundle it runs: another folder may hold the one of another version. */
  startWorker(cache?: string): Promise<ServiceProcess>
  home: string
  remove(): Promise<void>
}

/** @param workerSettings more of the environment of its workers */
export async function startProductProcesses(workerSettings: Record<string, string> = {}): Promise<ProductProcesses> {
  await using started = new AsyncDisposableStack()
  const home = started.adopt(temporaryFolder('product'), (path) => rmSync(path, { recursive: true, force: true }))
  const postgres = started.adopt(await ownPostgres(), (server) => server.remove())
  const temporal = started.adopt(await ownTemporal(), (server) => server.remove())
  const port = await anyFreePort()
  await migrate(postgres.url)
  const shared = {
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: 'default',
    PLUMBLINE_KEY_FILE: join(home, 'key'),
    PLUMBLINE_LOG_LEVEL: 'info',
  }
  const workers: ServiceProcess[] = []
  let gateway: ServiceProcess | undefined
  const startGateway = async () => {
    gateway = await startService('gateway', {
      ...shared,
      PLUMBLINE_PORT: String(port),
      PLUMBLINE_RATE_LIMIT: '0',
      PLUMBLINE_TOKEN_FILE: join(home, 'token'),
    })
  }
  started.defer(async () => {
    await Promise.all(workers.map((worker) => worker.stop()))
    await gateway?.stop()
  })
  await startGateway()
  const all = started.move()
  return {
    postgres,
    temporal,
    base: `http://127.0.0.1:${port}/api/v1`,
    token: readFileSync(join(home, 'token'), 'utf8').trim(),
    startGateway,
    async killGateway() {
      await gateway?.kill()
    },
    async startWorker(cache = home) {
      const worker = await startService('worker', {
        ...shared,
        ...workerSettings,
        PLUMBLINE_WORKER_ROLE: 'all',
        PLUMBLINE_HOME: cache,
      })
      workers.push(worker)
      return worker
    },
    home,
    remove: () => all.disposeAsync(),
  }
}
