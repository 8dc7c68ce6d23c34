import { spawnSync } from 'node:child_process'
import { StartError } from './start-error.ts'

/** Whom a process runs as; `undefined` everywhere below means: as whoever started us. */
export interface Account {
  uid: number
  gid: number
}

const userName = 'postgres'

/**
 * Postgres refuses to run as root, so root's Postgres runs as the system user `postgres`, who is made when missing.
 * @throws StartError when root cannot make that user
 */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const account = lookUp()
  if (account) return account
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', userName])
  const made = lookUp()
  if (made) return made
  throw new StartError(
    'Postgres refuses to run as root, and the system user "postgres" could not be made.',
    'Start Plumbline as an ordinary user, or make that user: useradd --system postgres',
  )
}

const id = (flag: '-u' | '-g') => spawnSync('id', [flag, userName], { encoding: 'utf8' })

function lookUp(): Account | undefined {
  const [uid, gid] = [id('-u'), id('-g')]
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined
}

/** Really tries, as that account: modes, ACLs and mount options all count. */
export function canRun(account: Account | undefined, program: string): boolean {
  return spawnSync(program, ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}

/** Whether the account can get into a folder. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  return spawnSync('test', ['-x', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}
