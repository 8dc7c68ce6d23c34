import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { claim, type Holder } from './claim.ts'
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

/**
 * Takes the home for this process: two starts on one home would write to one set of data.
 * @throws StartError with the address of the start that holds it
 */
export function claimHome(home: string): { announce: (url: string) => void; release: () => void } {
  // Others may pass through, not look around: root's Postgres runs as another user.
  if (mkdirSync(home, { recursive: true }) !== undefined) chmodSync(home, 0o711)
  const held = claim(homeFiles(home).running)
  if (held.kind === 'taken') throw alreadyRunning(home, held.holder)
  return { announce: held.update, release: held.release }
}

function alreadyRunning(home: string, holder: Holder | undefined): StartError {
  return new StartError(
    holder?.note
      ? `Plumbline is already running on ${home}: ${holder.note}`
      : `Plumbline is already starting on ${home}.`,
    'Use that one, end it with Ctrl-C in its terminal, or set PLUMBLINE_HOME to run a second copy beside it.',
  )
}
