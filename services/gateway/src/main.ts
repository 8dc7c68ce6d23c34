import { pino } from 'pino'
import { ZodError } from 'zod'
import { loadConfig } from './config.ts'
import { startGateway } from './start-gateway.ts'

/** How long a stop may take before the process ends by force; below what supervisors wait. */
const stopMs = 10_000

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const log = pino({ name: 'gateway', level: config.logLevel })
  const gateway = await startGateway(config, log)
  log.info({ address: gateway.address }, 'gateway ready')

  const stop = (why: string) => {
    log.info({ why }, 'gateway stops')
    setTimeout(() => process.exit(1), stopMs).unref()
    gateway.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'gateway did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  // The process that started this one is gone: nobody would ever stop it.
  process.once('disconnect', () => stop('parent gone'))
}

main().catch((error: unknown) => {
  const settings =
    error instanceof ZodError ? error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) : []
  process.stderr.write(`The gateway cannot start: ${settings.length > 0 ? settings.join('; ') : String(error)}\n`)
  process.exit(1)
})
