import { fileURLToPath } from 'node:url'
import snowflake from 'snowflake-sdk'
import { snowflakeEmulator } from '../../../scripts/toolchain.mjs'
import { startPythonEmulator, whyMissing } from '../python-emulator.ts'

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

export const whyNoEmulator = (): Promise<string | undefined> => whyMissing('Snowflake', snowflakeEmulator)

/** fakesnow behind a few lines of our own (`emulator.py`): real SQL on DuckDB, by the protocol of the Node driver. */
export async function startSnowflakeEmulator(users: EmulatorUsers): Promise<SnowflakeEmulator> {
  const { url, stop } = await startPythonEmulator({
    name: 'snowflake',
    python: 'python3',
    packages: await snowflakeEmulator(),
    script: fileURLToPath(new URL('emulator.py', import.meta.url)),
    access: { variable: 'EMULATOR_USERS', content: users },
    probe: { path: '/session', method: 'POST' },
    startTimeoutMs,
  })
  return {
    url,
    execute: (...statements) => execute(url, users, statements),
    stop,
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
