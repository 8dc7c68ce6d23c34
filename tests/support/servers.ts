import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { anyFreePort, endLeftoverPostgres, endLeftoverTemporal, startPostgres, startTemporal } from '@plumbline/local'
import { temporalCli, temporalTestServer } from '../../scripts/toolchain.mjs'
import { makeRecordTemplate } from './databases.ts'

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
  const folder = temporaryFolder('servers')
  writeFileSync(join(folder, ownerFile), String(process.pid))
  const temporalExecutable = await temporalCli()
  const [port, temporalPort, uiPort] = [await anyFreePort(), await anyFreePort(), await anyFreePort()]
  const [postgres, temporal] = await Promise.all([
    startPostgres({
      dataDir: join(folder, 'postgres'),
      port,
      password: 'test',
      durable: false,
      logFile: join(folder, 'postgres.log'),
    }),
    startTemporal({
      executable: temporalExecutable,
      port: temporalPort,
      uiPort,
      databaseFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
    }),
  ])
  await makeRecordTemplate(postgres.url)
  return {
    postgresUrl: postgres.url,
    temporalAddress: temporal.address,
    temporalUiUrl: temporal.uiUrl,
    temporalExecutable,
    temporalTestServer: await temporalTestServer(),
    async stop() {
      await Promise.all([temporal.stop(), postgres.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const ownerFile = 'owner'

/** Ends the servers of a run that was killed: they have process groups of their own and would stay for ever. */
async function endOrphans(): Promise<void> {
  for (const file of globSync(join(tmpdir(), 'plumbline-servers-*', ownerFile))) {
    if (isAlive(Number(readFileSync(file, 'utf8')))) continue
    const folder = dirname(file)
    endLeftoverPostgres(join(folder, 'postgres'))
    await endLeftoverTemporal(join(folder, 'temporal.db'))
    rmSync(folder, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Somebody else's run is none of ours.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Below the system's folder for such things, and open to the user that Postgres runs as. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `plumbline-${purpose}-`))
  chmodSync(folder, 0o755)
  return folder
}
