import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectorFor } from '@plumbline/connectors'
import { createWorkers, installRuntime, loadConfig } from '@plumbline/worker'
import type { BareActivities } from '@plumbline/workflows/testing/bench-workflows'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { pino } from 'pino'

/** The worker as in production, with the workflows of the bench and the activities that the bare ones call. */
const config = loadConfig(process.env)
const log = pino({ name: 'worker', level: config.logLevel })
installRuntime(log)

const workflowsPath = fileURLToPath(import.meta.resolve('@plumbline/workflows/testing/bench-workflows'))
const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })
mkdirSync(config.cacheFolder, { recursive: true })
const codePath = join(config.cacheFolder, 'bench.js')
writeFileSync(codePath, code)

const target = JSON.parse(process.env['BENCH_TARGET'] ?? '{}')
const bare: BareActivities = {
  async bareConnect() {
    const postgres = await connectorFor('postgres')
    const session = await postgres.open(target, {
      label: 'bare',
      signal: new AbortController().signal,
    })
    await session.describe()
    await session.close()
  },
  bareNothing: () => Promise.resolve(),
}
const workers = await createWorkers(config, log, { workflowBundle: { codePath }, warehouseActivities: { ...bare } })
process.on('SIGTERM', () => workers.shutdown())
process.once('disconnect', () => workers.shutdown())
log.info('worker ready')
await workers.run()
process.exit(0)
