import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { workflowsPath } from './make-bundle.ts'

const run = promisify(execFile)
const makeBundle = fileURLToPath(new URL('make-bundle.ts', import.meta.url))
const sdkManifest = createRequire(import.meta.url).resolve('@temporalio/worker/package.json')
const bundleName = /^workflows-[0-9a-f]+\.js$/

/**
 * The file with the workflow code, made once for each state of the sources and the SDK: bundling takes seconds and 150 MB,
 * so it runs in a process of its own and its result is kept.
 */
export async function workflowBundle(cacheFolder: string): Promise<{ codePath: string }> {
  const name = `workflows-${await fingerprintOfSources()}.js`
  const codePath = join(cacheFolder, name)
  if (!(await exists(codePath))) {
    await mkdir(cacheFolder, { recursive: true })
    await run(process.execPath, [makeBundle, codePath])
    await removeOthers(cacheFolder, name)
  }
  return { codePath }
}

async function fingerprintOfSources(): Promise<string> {
  const folder = dirname(workflowsPath)
  const names = await readdir(folder, { recursive: true })
  const sources = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort()
  const hash = createHash('sha256').update(await readFile(sdkManifest))
  for (const name of sources) hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}

async function removeOthers(folder: string, kept: string): Promise<void> {
  const old = (await readdir(folder)).filter((name) => bundleName.test(name) && name !== kept)
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })))
}
