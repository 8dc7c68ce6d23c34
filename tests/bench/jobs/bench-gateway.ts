import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { anyFreePort } from '@plumbline/local'
import { startService } from '../../support/service-process.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { timedClient, type TimedClient } from './timing.ts'

export interface BenchGateway {
  client: TimedClient
  base: string
  token: string
  pid: number
  stop(): Promise<void>
}

/** A gateway in a process of its own. Temporal is away, so the reconciler leaves generated jobs that have no run as they are. */
export async function startBenchGateway(databaseUrl: string, more: Record<string, string> = {}): Promise<BenchGateway> {
  const home = temporaryFolder('gateway')
  const port = await anyFreePort()
  const process = await startService('gateway', {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    PLUMBLINE_PORT: String(port),
    PLUMBLINE_RATE_LIMIT: '0',
    PLUMBLINE_TOKEN_FILE: join(home, 'token'),
    PLUMBLINE_KEY_FILE: join(home, 'key'),
    PLUMBLINE_LOG_LEVEL: 'info',
    ...more,
  })
  const base = `http://127.0.0.1:${port}`
  const token = readFileSync(join(home, 'token'), 'utf8').trim()
  return {
    client: timedClient(base, token),
    base,
    token,
    pid: process.pid,
    async stop() {
      await process.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
