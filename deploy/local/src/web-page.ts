import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

export interface WebPage {
  /** The folder to serve; `undefined` when there is no page. */
  root: string | undefined
  /** What to tell a person. */
  note: string
}

/** Everything the page is made of, from the checkout. */
const sources = [
  'services/web/index.html',
  'services/web/package.json',
  'services/web/vite.config.ts',
  'services/web/public',
  'services/web/src',
  'services/api/src',
  'workflows/src',
  'pnpm-lock.yaml',
]

/**
 * Builds the web page when what it is made of has changed since the last build, into `services/web/dist`.
 * Built beside and exchanged, so that a start that is cut off, or two at once, never leave half a page.
 */
export async function buildWebPage(checkout: string): Promise<WebPage> {
  const [folder, root, stamp] = [
    join(checkout, 'services/web'),
    join(checkout, 'services/web/dist'),
    join(checkout, '.local/web-page'),
  ]
  if (!existsSync(join(folder, 'index.html')))
    return { root: undefined, note: 'left out: services/web has no index.html' }
  const hash = hashOf(checkout)
  const hasPage = existsSync(join(root, 'index.html'))
  if (hasPage && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return { root, note: 'unchanged' }
  const fresh = `${root}.${process.pid}`
  const failure = await build(folder, fresh)
  if (failure !== undefined) {
    rmSync(fresh, { recursive: true, force: true })
    return hasPage
      ? { root, note: `could not be built, the one from before is served\n${failure}` }
      : { root: undefined, note: `could not be built\n${failure}` }
  }
  exchange(fresh, root)
  writeFileSync(stamp, hash)
  return { root, note: 'built' }
}

function hashOf(checkout: string): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesBelow(join(checkout, source))))
    hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function filesBelow(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return []
  if (found.isFile()) return [path]
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.includes('.test.'),
  )
  return files.map((entry) => join(entry.parentPath, entry.name)).sort()
}

/** @returns what went wrong */
function build(folder: string, outDir: string): Promise<string | undefined> {
  const require = createRequire(join(folder, 'package.json'))
  const vite = join(require.resolve('vite/package.json'), '../bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: folder,
    // Whoever builds, as a test, may have another: the page of React for developers is many times slower.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code) =>
      resolve(code === 0 ? undefined : stripVTControlCharacters(output).trim().split('\n').slice(0, 12).join('\n')),
    )
  })
}

function exchange(fresh: string, root: string): void {
  const old = `${fresh}.old`
  if (existsSync(root)) renameSync(root, old)
  try {
    renameSync(fresh, root)
  } catch (error) {
    // Another start was quicker with the same page.
    if (!existsSync(join(root, 'index.html'))) throw error
    rmSync(fresh, { recursive: true, force: true })
  }
  rmSync(old, { recursive: true, force: true })
}
