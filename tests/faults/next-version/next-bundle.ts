import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

/**
 * Bundles the next code version where a worker looks for its own: under the name that the worker of today gave to its bundle in
 * `home`. @returns the home for workers of the next version
 */
export async function makeNextHome(home: string): Promise<string> {
  const workflowsPath = fileURLToPath(new URL('entry.ts', import.meta.url))
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })
  const nextHome = join(home, 'next')
  mkdirSync(join(nextHome, 'cache'), { recursive: true })
  for (const name of readdirSync(join(home, 'cache'))) writeFileSync(join(nextHome, 'cache', name), code)
  return nextHome
}
