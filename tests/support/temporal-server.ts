import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { anyFreePort, startTemporal, type RunningTemporal } from '@plumbline/local'
import { temporalCli } from '../../scripts/toolchain.mjs'
import { temporaryFolder } from './temporary-folder.ts'

/** A Temporal of a test's own, on ports that stay the same: to be stopped, killed and started again in the middle of work. */
export interface OwnTemporal {
  readonly address: string
  readonly uiUrl: string
  /** Starts it (again) on the same file and ports. */
  start(): Promise<void>
  stop(): Promise<void>
  /** `kill -9`. */
  kill(): Promise<void>
  /** `kill -9`, and a fresh server with an empty file on the same ports. */
  loseHistory(): Promise<void>
  /** Stops it and removes its file. */
  remove(): Promise<void>
}

export async function ownTemporal(): Promise<OwnTemporal> {
  await using started = new AsyncDisposableStack()
  const folder = started.adopt(temporaryFolder('temporal'), (path) => rmSync(path, { recursive: true, force: true }))
  const [executable, port, uiPort] = [await temporalCli(), await anyFreePort(), await anyFreePort()]
  let running: RunningTemporal | undefined
  const stop = async () => {
    await running?.stop()
    running = undefined
  }
  const start = async () => {
    running = await startTemporal({
      executable,
      port,
      uiPort,
      databaseFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
    })
  }
  const kill = async () => {
    await running?.process.stop('SIGKILL', 0)
    running = undefined
  }
  await start()
  started.defer(stop)
  const all = started.move()
  return {
    address: `127.0.0.1:${port}`,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    start,
    stop,
    kill,
    async loseHistory() {
      await kill()
      for (const file of globSync(join(folder, 'temporal.db*'))) rmSync(file, { force: true })
      await start()
    },
    remove: () => all.disposeAsync(),
  }
}
