import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { anyFreePort } from '@plumbline/local'
import snowflake from 'snowflake-sdk'
import { snowflakeEmulator } from '../../../scripts/toolchain.mjs'
import { temporaryFolder } from '../temporary-folder.ts'

/** Who may sign in, by user name in upper case. */
export type EmulatorUsers = Record<
  string,
  { password?: string; publicKey?: string; token?: string; oauthToken?: string }
>

export interface SnowflakeEmulator {
  url: string
  /** Runs statements one by one, as the first user that has a password. */
  execute(...statements: string[]): Promise<void>
  stop(): Promise<void>
}

const startTimeoutMs = 60_000

/** Why this machine cannot run the emulator; undefined when it can. Gets what it needs the first time. */
export async function whyNoEmulator(): Promise<string | undefined> {
  try {
    await snowflakeEmulator()
    return undefined
  } catch (error) {
    return `no emulator of Snowflake: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** fakesnow behind a few lines of our own (`emulator.py`): real SQL on DuckDB, by the protocol of the Node driver. */
export async function startSnowflakeEmulator(users: EmulatorUsers): Promise<SnowflakeEmulator> {
  await using started = new AsyncDisposableStack()
  const folder = started.adopt(temporaryFolder('snowflake'), (path) => rmSync(path, { recursive: true, force: true }))
  const usersFile = join(folder, 'users.json')
  writeFileSync(usersFile, JSON.stringify(users))
  const port = await anyFreePort()
  const script = fileURLToPath(new URL('emulator.py', import.meta.url))
  const child = spawn('python3', [script, String(port)], {
    env: { PATH: process.env['PATH'], HOME: folder, PYTHONPATH: await snowflakeEmulator(), EMULATOR_USERS: usersFile },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-8_000)
  })
  started.defer(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.stdin?.end()
    await gone
  })
  const url = `http://127.0.0.1:${port}`
  await answering(url, () => {
    if (child.exitCode !== null) throw new Error(`the emulator ended with ${child.exitCode}:\n${output}`)
  })
  const running = started.move()
  return {
    url,
    execute: (...statements) => execute(url, users, statements),
    stop: () => running.disposeAsync(),
  }
}

async function answering(url: string, check: () => void): Promise<void> {
  for (const deadline = Date.now() + startTimeoutMs; ;) {
    check()
    try {
      await fetch(`${url}/session`, { method: 'POST' })
      return
    } catch (error) {
      if (Date.now() > deadline) throw new Error('the emulator does not answer', { cause: error })
      await sleep(50)
    }
  }
}

async function execute(url: string, users: EmulatorUsers, statements: readonly string[]): Promise<void> {
  const [username, { password = '' } = {}] = Object.entries(users).find(([, user]) => user.password !== undefined) ?? []
  if (username === undefined) throw new Error('no user of the emulator has a password')
  snowflake.configure({ logLevel: 'OFF', additionalLogToConsole: false })
  const owner = snowflake.createConnection({ account: 'fakesnow', accessUrl: url, username, password })
  await new Promise<void>((resolve, reject) => {
    owner.connect((error) => (error ? reject(error) : resolve()))
  })
  try {
    for (const sqlText of statements)
      await new Promise<void>((resolve, reject) => {
        owner.execute({ sqlText, complete: (error) => (error ? reject(error) : resolve()) })
      })
  } finally {
    await new Promise<void>((resolve) => {
      owner.destroy(() => resolve())
    })
  }
}
