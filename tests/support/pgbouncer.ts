import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { anyFreePort, waitUntil } from '@plumbline/local'
import { Client } from 'pg'
import type { PgBouncerProgram } from './pgbouncer-program.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface PgBouncer {
  port: number
  /** The same database as in the URL of its server, through the pooler. */
  through(url: string): string
  stop(): Promise<void>
}

export interface PgBouncerOptions {
  /** URL of the server, with the user that may always log in. */
  serverUrl: string
  /** Passwords of others, by name. */
  users?: Record<string, string>
  /** Sessions of the server for each database and user. */
  poolSize: number
}

/** A PgBouncer in transaction mode in front of a server; whatever outlives a transaction reaches another session next. */
export async function startPgBouncer(program: PgBouncerProgram, options: PgBouncerOptions): Promise<PgBouncer> {
  const folder = temporaryFolder('pgbouncer')
  const port = await anyFreePort()
  const server = new URL(options.serverUrl)
  const users = { [server.username]: decodeURIComponent(server.password), ...options.users }
  const usersFile = join(folder, 'users.txt')
  const configFile = join(folder, 'pgbouncer.ini')
  const logFile = join(folder, 'pgbouncer.log')
  writeFileSync(
    usersFile,
    Object.entries(users)
      .map(([name, password]) => `"${name}" "${password}"\n`)
      .join(''),
  )
  writeFileSync(
    configFile,
    `[databases]
* = host=${server.hostname} port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${usersFile}
pool_mode = transaction
default_pool_size = ${options.poolSize}
${userInfo().uid === 0 ? 'user = nobody' : ''}
`,
  )
  const log = openSync(logFile, 'a')
  const child = spawn(program.path, [configFile], {
    env: { ...process.env, ...program.env },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = once(child, 'exit')
  const through = (url: string) => Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href
  const stop = async () => {
    // It ends at once by SIGTERM; by SIGINT it would wait for its clients.
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const isReady = () => child.exitCode !== null || answers(through(options.serverUrl))
  if ((await waitUntil(isReady, { timeoutMs: 30_000 })) && child.exitCode === null) return { port, through, stop }
  const said = readFileSync(logFile, 'utf8')
  await stop()
  throw new Error(`PgBouncer does not answer:\n${said}`)
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
