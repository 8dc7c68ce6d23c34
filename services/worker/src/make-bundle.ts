import { rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

/** The file whose exports are the workflow types. */
export const workflowsPath = fileURLToPath(import.meta.resolve('@plumbline/workflows/entry'))

/** Written beside and renamed, so that two workers that start together never read half of one. */
async function makeBundle(codePath: string): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })
  const unfinished = `${codePath}.${process.pid}`
  await writeFile(unfinished, code)
  await rename(unfinished, codePath)
}

const [, script, codePath] = process.argv
if (script === fileURLToPath(import.meta.url) && codePath !== undefined) await makeBundle(codePath)
