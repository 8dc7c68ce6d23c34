import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { commandLineOf } from './command-line.ts'
import { postgresPlace, type PostgresPlace } from './postgres-place.ts'
import { serverReady, startServerProcess, type ServerProcess } from './server-process.ts'
import { StartError } from './start-error.ts'

export interface PostgresOptions {
  /** Absolute; made and initialised when missing. */
  dataDir: string
  port: number
  /** Of the superuser `plumbline`; used when the data folder is made and at every connect. */
  password: string
  /** False only for tests: a crash of the machine may then lose data. */
  durable: boolean
  logFile: string
  /** Libraries that the server loads when it starts: what extensions need that watch all of it. */
  preload?: readonly string[]
  /** What is to differ from the settings of a record. */
  settings?: Readonly<Record<string, string>>
  env?: NodeJS.ProcessEnv
}

export interface RunningPostgres {
  /** Of the superuser, with the password, to the maintenance database. */
  url: string
  /** Where the data really lies. */
  dataDir: string
  note: string | undefined
  process: ServerProcess
  /** Fast shutdown: open transactions are rolled back. */
  stop(): Promise<void>
}

const superuser = 'plumbline'

/**
 * A quarter of the memory, as the manual advises (https://www.postgresql.org/docs/18/runtime-config-resource.html): the indexes of millions of
 * jobs are read in no order. Taken only as far as it is used; beyond 8 GB nothing more of a record would be in it.
 */
function sharedBuffersMb(): number {
  const memoryMb = Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20
  return Math.round(Math.min(8_192, Math.max(128, memoryMb / 4)))
}

/** Small: a record, not a warehouse. One process less each for replication and asynchronous reads. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: `${sharedBuffersMb()}MB`,
  max_connections: '100',
  max_locks_per_transaction: '256',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
}
const notDurable = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * Starts the embedded Postgres. One that a killed start left behind on the same data is ended first, so that the port and
 * the settings are those asked for.
 * @throws StartError when the binaries are missing, the data is of another version, or it does not come up
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const place = postgresPlace(options.dataDir)
  initialise(place, options.password)
  endLeftoverAt(place)
  const all = {
    ...settings,
    ...(options.durable ? {} : notDurable),
    port: String(options.port),
    shared_preload_libraries: (options.preload ?? []).join(),
    ...options.settings,
  }
  const server = startServerProcess({
    name: 'Postgres',
    program: join(place.binaries, 'bin', 'postgres'),
    args: ['-D', place.dataDir, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: options.env ?? process.env,
    account: place.account,
    logFile: options.logFile,
  })
  const url = `postgres://${superuser}:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/postgres`
  const stop = () => server.stop('SIGINT', 3000)
  try {
    // Recovery after a crash replays at most max_wal_size of log: seconds, a minute on a slow disk.
    await serverReady(server, {
      name: 'Postgres',
      logFile: options.logFile,
      answers: () => answers(url),
      timeoutMs: 60_000,
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { url, dataDir: place.dataDir, note: place.note, process: server, stop }
}

/** @throws StartError when the server runs but refuses our password: then waiting is of no use */
async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '28P01') {
      throw new StartError(
        'The embedded Postgres refuses its password.',
        'The file postgres-password does not belong to this data folder.',
      )
    }
    return false
  }
}

/** Made beside and renamed, so that a start that was cut off leaves no half of a data folder. */
function initialise({ binaries, dataDir, account }: PostgresPlace, password: string): void {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return checkVersion(binaries, dataDir)
  const [half, passwordFile] = [`${dataDir}.new`, `${dataDir}.password`]
  rmSync(half, { recursive: true, force: true })
  mkdirSync(dirname(dataDir), { recursive: true })
  mkdirSync(half, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account) for (const path of [half, passwordFile]) chownSync(path, account.uid, account.gid)
  const done = spawnSync(
    join(binaries, 'bin', 'initdb'),
    [
      '-D',
      half,
      '-U',
      superuser,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--no-instructions',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    { ...account, cwd: '/', encoding: 'utf8' },
  )
  rmSync(passwordFile, { force: true })
  if (done.status !== 0)
    throw new StartError(`Postgres could not make its data folder ${dataDir}.\n${done.stderr || String(done.error)}`)
  renameSync(half, dataDir)
}

function checkVersion(binaries: string, dataDir: string): void {
  const data = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
  const program = spawnSync(join(binaries, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' }).stdout
  if (program.includes(` ${data}.`)) return
  throw new StartError(
    `The data in ${dataDir} was made by Postgres ${data}, this one is ${program.trim()}.`,
    'Export it with the older version, or set PLUMBLINE_HOME to a new folder.',
  )
}

/** Ends the server that a killed start left behind on this data, wished for as in `startPostgres`. */
export const endLeftoverPostgres = (dataDir: string): void => endLeftoverAt(postgresPlace(dataDir))

/**
 * postmaster.pid outlives a killed server. When its process id belongs to a stranger by now, Postgres itself would refuse to
 * start ("lock file already exists"); so what is no Postgres is forgotten, and what is one is shut down.
 */
function endLeftoverAt({ binaries, dataDir, account }: PostgresPlace): void {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0])
  if (!commandLineOf(pid)?.includes('postgres')) return rmSync(file)
  const stopped = spawnSync(join(binaries, 'bin', 'pg_ctl'), ['stop', '-D', dataDir, '-m', 'fast', '-w', '-t', '20'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  })
  if (stopped.status !== 0 && existsSync(file)) {
    throw new StartError(
      `An earlier Postgres (process ${pid}) on ${dataDir} does not end.\n${stopped.stderr}`,
      `End it: kill -INT ${pid}`,
    )
  }
}
