import { pino } from 'pino'
import { ZodError } from 'zod'
import { loadConfig } from './config.ts'
import { createWorkers, installRuntime } from './create-workers.ts'

/** How long a stop may take before the process ends by force; below what supervisors wait. */
const stopMs = 12_000

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const log = pino({ name: 'worker', level: config.logLevel, base: { role: config.role } })
  installRuntime(log, config.metricsAddress)
  let stopping = false
  let shutdown = (): void => process.exit(0)
  const stop = (why: string) => {
    if (stopping) return
    stopping = true
    log.info({ why }, 'worker stops')
    setTimeout(() => process.exit(1), stopMs).unref()
    shutdown()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // The process that started this one is gone: nobody would ever stop it.
  process.once('disconnect', () => stop('parent gone'))

  const workers = await createWorkers(config, log)
  shutdown = () => workers.shutdown()
  log.info('worker ready')
  await workers.run()
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const settings =
      error instanceof ZodError ? error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) : []
    process.stderr.write(`The worker cannot go on: ${settings.length > 0 ? settings.join('; ') : String(error)}\n`)
    process.exit(1)
  },
)
