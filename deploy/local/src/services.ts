import { join } from 'node:path'
import { homeFiles } from './home.ts'
import { keepRunning, type Kept, type Part } from './keep-running.ts'
import { logTail } from './log-file.ts'
import { endLeftoverService, startNodeService } from './node-service.ts'
import { onceAMinute } from './once-a-minute.ts'
import type { Parts } from './parts.ts'
import type { LocalSettings } from './settings.ts'
import type { StackOptions } from './stack-options.ts'
import { StartError } from './start-error.ts'
import { waitUntil } from './wait-until.ts'

type ServiceName = 'gateway' | 'worker'

function placeOf(name: ServiceName, settings: LocalSettings): { entry: string; home: string; pidFile: string } {
  const entry = join(settings.checkout, 'services', name, 'src', 'main.ts')
  return { entry, home: settings.home, pidFile: homeFiles(settings.home).pid(name) }
}

/** Waits for the services that a killed start left behind. */
export async function endLeftoverServices(settings: LocalSettings): Promise<void> {
  await Promise.all((['gateway', 'worker'] as const).map((name) => endLeftoverService(placeOf(name, settings))))
}

/** Starts one of ours and keeps it running; only what a person should see of its log reaches the screen. */
export async function startService(
  name: ServiceName,
  env: NodeJS.ProcessEnv,
  { settings, screen }: StackOptions,
  parts: Parts,
): Promise<Kept<Part>> {
  const logFile = homeFiles(settings.home).log(name)
  const isNews = onceAMinute()
  const complain = (line: string) => isNews(line) && screen.say(`  [${name}] ${line}`)
  const start = async () => startNodeService({ ...placeOf(name, settings), env, logFile, complain })
  return parts.add('services', await keepRunning(`The ${name}`, start, screen.say))
}

const patience = { crashes: 3, ms: 60_000 }

/** @throws StartError with the end of its log when the gateway does not come up */
export async function gatewayReady(
  url: string,
  gateway: Kept<Part>,
  { settings, signal }: StackOptions,
): Promise<void> {
  const isReady = async () => gateway.crashes() >= patience.crashes || (await answers(`${url}/health/ready`))
  const ready = await waitUntil(isReady, { timeoutMs: patience.ms, signal })
  if (ready && gateway.crashes() < patience.crashes) return
  const log = homeFiles(settings.home).log('gateway')
  throw new StartError(`The gateway does not come up.\n${logTail(log)}`, `Its log is ${log}`)
}

async function answers(url: string): Promise<boolean> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await reply.body?.cancel()
    return reply.ok
  } catch {
    return false
  }
}
