import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import type { Connection } from '@plumbline/api'
import type { ConnectTarget } from './connect-target.ts'
import type { LocalApi } from './local-api.ts'
import { isPortFree } from './ports.ts'
import { ensureSampleWarehouse, sampleDatabase, sampleRole } from './sample-warehouse.ts'

const sampleName = 'Sample shop'
const unreachableName = 'Old billing server'
/** Where the unreachable server is looked for: the first of these ports that nobody listens on. */
const unreachablePorts = [5439, 5438, 5437, 5436]

export interface FirstStart {
  api: LocalApi
  /** The embedded Postgres, superuser; `undefined` when the record is somebody's own server: nothing is made there. */
  serverUrl: string | undefined
  /** Its presence says that this was done. */
  marker: string
  connect: ConnectTarget | undefined
}

/**
 * Fills the first screen: the database given to `--connect`, else, once for each home, the sample warehouse and a server
 * that cannot be reached. Repeating it changes nothing; a start that is cut off goes on with it next time.
 * @returns what to tell a person, a line each
 */
export async function firstStart(start: FirstStart): Promise<string[]> {
  const { api, serverUrl, marker, connect } = start
  const isFirst = !existsSync(marker)
  const told = connect ? [await connectTo(api, connect)] : []
  if (serverUrl && !isFirst) await followPort(api, serverUrl)
  if (serverUrl && isFirst && !connect) told.push(...(await showSample(api, serverUrl)))
  if (!serverUrl && isFirst && !connect)
    told.push('No sample: the record is a Postgres of your own. Add a connection on the page, or start with --connect.')
  if (isFirst) writeFileSync(marker, JSON.stringify({ sample: Boolean(serverUrl && !connect) }))
  return told
}

async function connectTo(api: LocalApi, target: ConnectTarget): Promise<string> {
  const found = await api.findConnection(target.name)
  const connection = found
    ? await api.updateConnection(found.id, { settings: target.settings, credentials: target.credentials })
    : await api.createConnection(target)
  await discover(api, connection)
  return `Discovering "${connection.name}" …`
}

async function showSample(api: LocalApi, serverUrl: string): Promise<string[]> {
  const { hostname, port } = new URL(serverUrl)
  const password = randomBytes(18).toString('base64url')
  await ensureSampleWarehouse(serverUrl, password)
  const settings = {
    host: hostname,
    port: Number(port),
    database: sampleDatabase,
    user: sampleRole,
    sslMode: 'disable',
  } as const
  const found = await api.findConnection(sampleName)
  const sample = found
    ? await api.updateConnection(found.id, { settings, credentials: { password } })
    : await api.createConnection({ name: sampleName, kind: 'postgres', settings, credentials: { password } })
  await discover(api, sample)
  const closed = await closedPort()
  const unreachable =
    (await api.findConnection(unreachableName)) ??
    (await api.createConnection({
      name: unreachableName,
      kind: 'postgres',
      settings: { host: '127.0.0.1', port: closed, database: 'billing', user: 'billing_reader' },
      credentials: { password: randomBytes(12).toString('base64url') },
    }))
  await discover(api, unreachable)
  return [
    `Discovering "${sampleName}", a sample warehouse in the embedded Postgres,`,
    `and "${unreachableName}", which cannot be reached: so you see how a failed job looks.`,
  ]
}

async function closedPort(): Promise<number> {
  for (const port of unreachablePorts) if (await isPortFree(port)) return port
  return 1
}

/** The embedded Postgres may listen on another port than last time; its sample is found again there. */
async function followPort(api: LocalApi, serverUrl: string): Promise<void> {
  const port = Number(new URL(serverUrl).port)
  const sample = await api.findConnection(sampleName)
  if (sample?.settings['database'] === sampleDatabase && sample.settings['port'] !== port) {
    await api.updateConnection(sample.id, { settings: { port } })
  }
}

async function discover(api: LocalApi, connection: Connection): Promise<void> {
  await api.startJob({ type: 'schema_discovery', assetId: connection.rootAssetId })
}
