import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { startTestGateway, type TestGateway } from './gateway.ts'
import { startService, type ServiceProcess } from './service-process.ts'
import { createRecord } from './test-database.ts'
import { createNamespace } from './test-namespace.ts'

export interface JobAnswer {
  id: string
  type: string
  status: string
  durationMs: number | null
  attempt: number
  message: string
  flags: string[]
  pendingReason: { code: string } | null
  error: { code: string; message: string; hint: string } | null
  counts: Record<string, number>
}

/** What only one job shows, not the list. */
export interface JobDetailAnswer extends JobAnswer {
  config: Record<string, unknown>
  steps: { name: string; status: string; attempts: number; done: number | null; lastError: string | null }[]
  children: JobAnswer[]
  workflow: { id: string; runId: string | null }
}

/** The whole product on a record and a namespace of its own: a gateway in this process, workers beside it. */
export interface Product {
  gateway: TestGateway
  databaseUrl: string
  /** `more`: of its environment. */
  startWorker(role?: string, more?: Record<string, string>): Promise<ServiceProcess>
  /** Adds a Postgres connection. @returns its id and its root asset */
  connect(name: string, sourceUrl: string, more?: object): Promise<{ id: string; rootAssetId: string }>
  start(type: string, assetId: string, config?: object): Promise<JobAnswer>
  job(id: string): Promise<JobAnswer>
  detail(id: string): Promise<JobDetailAnswer>
  jobs(query: string): Promise<JobAnswer[]>
  stop(): Promise<void>
}

export interface ProductOptions {
  temporalAddress?: string
  namespace?: string
  /** The built web page to serve. */
  webRoot?: string
  /** More settings of the gateway. */
  environment?: Record<string, string>
}

/** On the servers of the test project. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  return startProductOn({
    databaseUrl: await createRecord(),
    temporalAddress: options.temporalAddress ?? inject('temporalAddress'),
    namespace: options.namespace ?? (await createNamespace()),
    ...(options.webRoot !== undefined && { webRoot: options.webRoot }),
    ...(options.environment && { environment: options.environment }),
  })
}

export async function startProductOn(place: {
  databaseUrl: string
  temporalAddress: string
  namespace: string
  webRoot?: string
  environment?: Record<string, string>
}): Promise<Product> {
  const { databaseUrl, temporalAddress, namespace } = place
  const gateway = await startTestGateway(place)
  const workers: ServiceProcess[] = []
  const expecting = async (status: number, method: string, path: string, body?: unknown) => {
    const answer = await gateway.call(method, path, body)
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  return {
    gateway,
    databaseUrl,
    async startWorker(role = 'all', more = {}) {
      const home = join(gateway.home, `worker-${workers.length}`)
      mkdirSync(home)
      const worker = await startService('worker', {
        DATABASE_URL: databaseUrl,
        TEMPORAL_ADDRESS: temporalAddress,
        TEMPORAL_NAMESPACE: namespace,
        PLUMBLINE_WORKER_ROLE: role,
        PLUMBLINE_KEY_FILE: join(gateway.home, 'key'),
        PLUMBLINE_HOME: home,
        PLUMBLINE_LOG_LEVEL: 'info',
        ...more,
      })
      workers.push(worker)
      return worker
    },
    connect: (name, sourceUrl, more = {}) =>
      expecting(201, 'POST', '/connections', { ...connectionTo(name, sourceUrl), ...more }),
    start: (type, assetId, config) => expecting(201, 'POST', '/jobs', { type, assetId, ...(config && { config }) }),
    job: (id) => expecting(200, 'GET', `/jobs/${id}`),
    detail: (id) => expecting(200, 'GET', `/jobs/${id}`),
    jobs: async (query) => (await expecting(200, 'GET', `/jobs?${query}`)).items,
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()))
      await gateway.stop()
    },
  }
}

function connectionTo(name: string, sourceUrl: string) {
  const { hostname, port, pathname, username, password } = new URL(sourceUrl)
  return {
    name,
    kind: 'postgres',
    settings: { host: hostname, port: Number(port), database: pathname.slice(1), user: decodeURIComponent(username) },
    credentials: { password: decodeURIComponent(password) },
  }
}
