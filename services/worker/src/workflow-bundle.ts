import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, type Logger, type WorkflowBundle } from '@temporalio/worker'

const entry = fileURLToPath(import.meta.resolve('@plumbline/workflows/entry'))
const sdkManifest = createRequire(import.meta.url).resolve('@temporalio/worker/package.json')
const bundleName = /^workflows-[0-9a-f]+\.js$/

/**
 * The workflow code as one file, made once for each state of the sources and the SDK: bundling takes seconds, reading it
 * does not. Written beside and renamed, so that two workers that start together never read half of one.
 */
export async function workflowBundle(cacheFolder: string, logger: Logger): Promise<WorkflowBundle> {
  const file = join(cacheFolder, `workflows-${await fingerprintOfSources()}.js`)
  try {
    return { code: await readFile(file, 'utf8') }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const bundle = await bundleWorkflowCode({ workflowsPath: entry, logger })
  await keep(cacheFolder, file, bundle.code)
  return bundle
}

async function fingerprintOfSources(): Promise<string> {
  const folder = dirname(entry)
  const names = await readdir(folder, { recursive: true })
  const sources = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort()
  const hash = createHash('sha256').update(await readFile(sdkManifest))
  for (const name of sources) hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Keeps the newest bundle alone. */
async function keep(cacheFolder: string, file: string, code: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true })
  const old = (await readdir(cacheFolder)).filter((name) => bundleName.test(name))
  const unfinished = `${file}.${process.pid}`
  await writeFile(unfinished, code)
  await rename(unfinished, file)
  await Promise.all(
    old
      .map((name) => join(cacheFolder, name))
      .filter((path) => path !== file)
      .map((path) => rm(path, { force: true })),
  )
}
