import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLineOf } from './command-line.ts'
import { StartError } from './start-error.ts'

/** The files of one home. */
export function homeFiles(home: string) {
  return {
    postgresData: join(home, 'postgres'),
    postgresPassword: join(home, 'postgres-password'),
    temporalDatabase: join(home, 'temporal.db'),
    /** An empty profile: keeps a Temporal profile of the user's own from mixing with the embedded server. */
    temporalConfig: join(home, 'temporal.toml'),
    key: join(home, 'key'),
    token: join(home, 'token'),
    /** Its presence says that the first start is done. */
    firstStart: join(home, 'first-start.json'),
    running: join(home, 'running.json'),
    pid: (name: string) => join(home, `${name}.pid`),
    log: (name: string) => join(home, 'logs', `${name}.log`),
  }
}

/** A secret of this home: made at the first start, 32 random bytes in base64, readable by its owner alone. */
export function secretIn(file: string): string {
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

interface Running {
  pid: number
  url: string
}

/**
 * Takes the home for this process: two starts on one home would write to one set of data.
 * @returns gives it back
 * @throws StartError with the address of the start that holds it
 */
export function claimHome(home: string, url: () => string): { announce(): void; release(): void } {
  // Others may pass through, not look around: root's Postgres runs as another user.
  if (mkdirSync(home, { recursive: true }) !== undefined) chmodSync(home, 0o711)
  const { running } = homeFiles(home)
  const mine = `${running}.${process.pid}`
  write(mine, '')
  try {
    if (!take(mine, running)) {
      const holder = holderOf(running)
      if (holder && isStart(holder.pid)) throw alreadyRunning(home, holder)
      rmSync(running, { force: true })
      if (!take(mine, running))
        throw new StartError(
          `Another start has just taken ${home}.`,
          'Use that one, or set PLUMBLINE_HOME to another folder.',
        )
    }
  } finally {
    rmSync(mine)
  }
  return { announce: () => write(running, url()), release: () => rmSync(running, { force: true }) }
}

function write(file: string, url: string): void {
  writeFileSync(file, JSON.stringify({ pid: process.pid, url } satisfies Running))
}

/** A link appears with its content, and only once. */
function take(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function holderOf(file: string): Running | undefined {
  try {
    const holder: Running = JSON.parse(readFileSync(file, 'utf8'))
    return holder
  } catch {
    return undefined
  }
}

const isStart = (pid: number) => commandLineOf(pid)?.includes('deploy/local/src/main.ts') ?? false

function alreadyRunning(home: string, { pid, url }: Running): StartError {
  return new StartError(
    url
      ? `Plumbline is already running on ${home}: ${url}`
      : `Plumbline is already starting on ${home} (process ${pid}).`,
    'Use that one, end it with Ctrl-C in its terminal, or set PLUMBLINE_HOME to run a second copy beside it.',
  )
}
