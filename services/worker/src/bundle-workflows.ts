import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

/** A process of its own, run by `workflow-bundle.ts`: writes the bundle to the path it is given. */
const target = process.argv[2]
if (target === undefined) throw new Error('usage: bundle-workflows.ts <target file>')
const workflowsPath = fileURLToPath(import.meta.resolve('@plumbline/workflows/entry'))
const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })
await writeFile(target, code)
