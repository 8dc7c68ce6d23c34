import { endLeftover, recordPid } from './leftover.ts'
import { serverReady, startServerProcess, type ServerProcess } from './server-process.ts'

export interface TemporalOptions {
  /** The `temporal` command. */
  executable: string
  port: number
  uiPort: number
  /** Absolute path of the SQLite file; without one, everything is forgotten when the server ends. */
  databaseFile?: string
  logFile: string
  env?: NodeJS.ProcessEnv
}

export interface RunningTemporal {
  /** host:port of the frontend. */
  address: string
  namespace: string
  /** Base URL of the web UI, without a slash at its end. */
  uiUrl: string
  process: ServerProcess
  stop(): Promise<void>
}

const namespace = 'default'

/** Every search attribute there is: visibility on SQL has few slots, and they bypass payload encryption. */
export const searchAttributes = ['OrgId', 'JobType', 'AssetId', 'JobId'] as const

/**
 * Without the WAL pragmas the server runs 2.5 times fewer workflows a second. A run writes some 600 pages, nearly always the same ones,
 * and while they are moved to the file everything waits: by default (1,000 pages) every second run stood still for 10 to 60 ms. With
 * a log of 40 MB one in fifteen does, and a fifth more runs are done.
 */
const sqlitePragmas = ['journal_mode=WAL', 'synchronous=NORMAL', 'wal_autocheckpoint=10000']

/**
 * Starts the development server. One that a killed start left behind on the same file is ended first: two of them would
 * write to one database.
 * @throws StartError with the end of its log when it does not come up
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  if (options.databaseFile) await endLeftoverTemporal(options.databaseFile)
  const server = startServerProcess({
    name: 'Temporal',
    program: options.executable,
    args: argumentsOf(options),
    env: options.env ?? process.env,
    logFile: options.logFile,
  })
  if (options.databaseFile) recordPid(pidFileOf(options.databaseFile), server.pid)
  const uiUrl = `http://127.0.0.1:${options.uiPort}`
  const stop = () => server.stop('SIGTERM', 2000)
  try {
    await serverReady(server, {
      name: 'Temporal',
      logFile: options.logFile,
      answers: () => answers(uiUrl),
      timeoutMs: 60_000,
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { address: `127.0.0.1:${options.port}`, namespace, uiUrl, process: server, stop }
}

const pidFileOf = (databaseFile: string) => `${databaseFile}.pid`

/** Ends the server that a killed start left behind on this file. */
export async function endLeftoverTemporal(databaseFile: string): Promise<void> {
  await endLeftover({ pidFile: pidFileOf(databaseFile), mark: databaseFile, signal: 'SIGTERM', withinMs: 5000 })
}

function argumentsOf({ port, uiPort, databaseFile }: TemporalOptions): string[] {
  const place = databaseFile
    ? ['--db-filename', databaseFile, ...sqlitePragmas.flatMap((pragma) => ['--sqlite-pragma', pragma])]
    : []
  return [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--ui-port',
    String(uiPort),
    '--log-level',
    'error',
    '--log-format',
    'json',
    // So that a run can be paused in its web UI.
    '--dynamic-config-value',
    'frontend.WorkflowPauseEnabled=true',
    ...place,
    ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
  ]
}

/** Through the UI to the frontend: both answer, and the namespace is there. */
async function answers(uiUrl: string): Promise<boolean> {
  try {
    const reply = await fetch(`${uiUrl}/api/v1/namespaces/${namespace}`, { signal: AbortSignal.timeout(2000) })
    await reply.body?.cancel()
    return reply.ok
  } catch {
    return false
  }
}
