import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/toolchain.mjs'

export interface PgBouncerProgram {
  path: string
  /** Names the libraries it was unpacked with. */
  env: NodeJS.ProcessEnv
}

const name = 'pgbouncer'
const tools = join(root, '.local', 'tools')
const folder = join(tools, name)
const unpacked: PgBouncerProgram = {
  path: join(folder, 'usr', 'sbin', name),
  env: { LD_LIBRARY_PATH: join(folder, 'libraries') },
}
const commandTimeoutMs = 120_000

/** Adds the tests that run through PgBouncer; where it is not to be had, one that is skipped and says why. */
export function withPgBouncer(addTests: (program: PgBouncerProgram) => void): void {
  const found = findPgBouncer()
  test('PgBouncer is to be had', ({ skip }) => {
    if ('missing' in found) skip(found.missing)
    expect(found).toHaveProperty('path')
  })
  if ('path' in found) addTests(found)
}

/**
 * PgBouncer of this machine, else that of Debian's packages, unpacked below `.local`: nothing is installed, no service starts.
 *
 * @returns the program, or why there is none
 */
function findPgBouncer(): PgBouncerProgram | { missing: string } {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  const programs = [...places.map((place): PgBouncerProgram => ({ path: join(place, name), env: {} })), unpacked]
  const found = programs.find(works)
  if (found) return found
  if (!succeeds('apt-get', ['--version']))
    return { missing: 'no pgbouncer on PATH; install it (macOS: brew install pgbouncer)' }
  if (!existsSync(folder) && !unpack()) return { missing: 'no pgbouncer on PATH, and apt-get could not download it' }
  return works(unpacked) ? unpacked : { missing: `${unpacked.path} does not start here; remove ${folder}` }
}

const works = ({ path, env }: PgBouncerProgram): boolean => succeeds(path, ['--version'], { env })

/** Unpacked beside and renamed, so that whoever comes second finds all of it. */
function unpack(): boolean {
  mkdirSync(tools, { recursive: true })
  const half = mkdtempSync(join(tools, `${name}.`))
  try {
    if (!download(half) && !(userInfo().uid === 0 && succeeds('apt-get', ['-qq', 'update']) && download(half)))
      return false
    const packages = globSync(join(half, '*.deb'))
    if (!packages.every((file) => succeeds('dpkg-deb', ['-x', file, half]))) return false
    // The folder of the libraries is named for the kind of machine.
    const [libraries] = globSync(join(half, 'usr', 'lib', '*-linux-*'))
    if (libraries === undefined) return false
    renameSync(libraries, join(half, 'libraries'))
    renameSync(half, folder)
    return true
  } catch (error) {
    // Another test was faster.
    if (existsSync(folder)) return true
    throw error
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

/** With the libraries that a machine without it lacks; their names differ from release to release. */
function download(into: string): boolean {
  const { stdout } = spawnSync('apt-cache', ['depends', name], { encoding: 'utf8', timeout: commandTimeoutMs })
  const libraries = [...(stdout ?? '').matchAll(/Depends: (lib(?:event|c-?ares)\S*)/g)].map(
    ([, library = '']) => library,
  )
  return libraries.length > 0 && succeeds('apt-get', ['-qq', 'download', name, ...libraries], { cwd: into })
}

function succeeds(program: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): boolean {
  const env = { ...process.env, ...options.env }
  return spawnSync(program, args, { ...options, env, stdio: 'ignore', timeout: commandTimeoutMs }).status === 0
}
