import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { anyFreePort, startPostgres, waitUntil, type RunningPostgres } from '@plumbline/local'
import { isRunning, processTree, signalAll } from './process-tree.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A Postgres of a test's own, durable and on a port that stays the same: to be killed, paused and started again. */
export interface OwnPostgres {
  /** Superuser, to the maintenance database. */
  readonly url: string
  /** Starts it again on the same data and port. */
  start(): Promise<void>
  /** `kill -9` of the server with all its backends. */
  kill(): Promise<void>
  /** SIGSTOP to all of it: connections stay open, nothing answers. */
  pause(): void
  resume(): void
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

/** @param preload libraries that the server loads when it starts */
export async function ownPostgres(preload: readonly string[] = []): Promise<OwnPostgres> {
  await using started = new AsyncDisposableStack()
  const folder = started.adopt(temporaryFolder('postgres'), (path) => rmSync(path, { recursive: true, force: true }))
  const options = {
    dataDir: join(folder, 'data'),
    port: await anyFreePort(),
    password: 'test',
    // A commit that was answered must outlive a kill.
    durable: true,
    logFile: join(folder, 'postgres.log'),
    preload,
  }
  let running: RunningPostgres | undefined = await startPostgres(options)
  started.defer(() => running?.stop())
  let paused: number[] = []
  const { url } = running
  const tree = () => (running ? processTree(running.process.pid) : [])
  const resume = () => {
    signalAll(paused, 'SIGCONT')
    paused = []
  }
  started.defer(resume)
  const all = started.move()
  return {
    url,
    async start() {
      running = await startPostgres(options)
    },
    async kill() {
      // Stopped first, it starts no backend that would not be in the list.
      if (running) signalAll([running.process.pid], 'SIGSTOP')
      const pids = tree()
      signalAll(pids, 'SIGKILL')
      if (!(await waitUntil(() => !pids.some(isRunning), { timeoutMs: 10_000 })))
        throw new Error('Postgres outlives kill -9')
      running = undefined
    },
    pause() {
      if (running) signalAll([running.process.pid], 'SIGSTOP')
      paused = tree()
      signalAll(paused, 'SIGSTOP')
    },
    resume,
    remove: () => all.disposeAsync(),
  }
}
