import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { anyFreePort, startPostgres, startTemporal } from '@plumbline/local'
import { temporalCli, temporalTestServer } from '../../scripts/toolchain.mjs'
import { makeRecordTemplate } from './databases.ts'
import { endOrphans, temporaryFolder } from './temporary-folder.ts'

export interface Servers {
  /** Superuser, to the maintenance database; every database for a test is made through it. */
  postgresUrl: string
  temporalAddress: string
  temporalUiUrl: string
  /** The `temporal` command, for tests that start, kill and restart a server of their own. */
  temporalExecutable: string
  temporalTestServer: string
  stop(): Promise<void>
}

/**
 * The real Postgres (fsync off) and the real Temporal development server, on free ports and in a folder of their own that
 * goes with them. Started once for a whole test project or bench.
 */
export async function startServers(): Promise<Servers> {
  await endOrphans()
  await using started = new AsyncDisposableStack()
  const folder = started.adopt(temporaryFolder('servers'), (path) => rmSync(path, { recursive: true, force: true }))
  const temporalExecutable = await temporalCli()
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await anyFreePort(),
    password: 'test',
    durable: false,
    logFile: join(folder, 'postgres.log'),
  })
  started.defer(() => postgres.stop())
  const temporal = await startTemporal({
    executable: temporalExecutable,
    port: await anyFreePort(),
    uiPort: await anyFreePort(),
    databaseFile: join(folder, 'temporal.db'),
    logFile: join(folder, 'temporal.log'),
  })
  started.defer(() => temporal.stop())
  await makeRecordTemplate(postgres.url)
  const running = started.move()
  return {
    postgresUrl: postgres.url,
    temporalAddress: temporal.address,
    temporalUiUrl: temporal.uiUrl,
    temporalExecutable,
    temporalTestServer: await temporalTestServer(),
    stop: () => running.disposeAsync(),
  }
}
