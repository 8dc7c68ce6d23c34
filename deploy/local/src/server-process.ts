import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './postgres-account.ts'
import { logTail, openLog } from './log-file.ts'
import { StartError } from './start-error.ts'
import { waitUntil } from './wait-until.ts'

/** A server that somebody else wrote (Postgres, Temporal): one process, its output in a file. */
export interface ServerProcess {
  readonly pid: number
  /** Resolves when it has ended, for whatever reason, with what to say about it. */
  readonly exited: Promise<string>
  kill(signal: NodeJS.Signals): void
  /** Asks it to end, ends it by force after `withinMs`, and waits. Harmless when it has ended. */
  stop(signal: NodeJS.Signals, withinMs: number): Promise<void>
}

export interface ServerProcessOptions {
  name: string
  program: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
  account?: Account | undefined
  logFile: string
}

/** A process group of its own: Ctrl-C in the terminal reaches us only, and we end the servers in order. */
export function startServerProcess(options: ServerProcessOptions): ServerProcess {
  const log = openLog(options.logFile)
  const child = spawn(options.program, options.args, {
    ...options.account,
    cwd: '/',
    env: options.env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  return handleOf(child)
}

export function handleOf(child: ChildProcess): ServerProcess {
  const exited = exitOf(child)
  return {
    pid: child.pid ?? 0,
    exited,
    kill: (signal) => void child.kill(signal),
    async stop(signal, withinMs) {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      if ((await Promise.race([exited, sleep(withinMs, undefined, { ref: false })])) === undefined)
        child.kill('SIGKILL')
      await exited
    },
  }
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`))
  })
}

/**
 * Waits until a server answers.
 * @throws StartError with the end of its log when it ends first or does not answer within `timeoutMs`
 */
export async function serverReady(
  server: ServerProcess,
  options: Pick<ServerProcessOptions, 'name' | 'logFile'> & { answers: () => Promise<boolean>; timeoutMs: number },
): Promise<void> {
  let ended: string | undefined
  void server.exited.then((how) => (ended = how))
  const ready = await waitUntil(async () => ended !== undefined || (await options.answers()), {
    timeoutMs: options.timeoutMs,
  })
  if (ready && ended === undefined) return
  throw new StartError(
    `${options.name} ${ended ?? `did not answer within ${options.timeoutMs / 1000} s`}.\n${logTail(options.logFile)}`,
    `Its log is ${options.logFile}`,
  )
}
