import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { commandLineOf } from './command-line.ts'
import { waitUntil } from './wait-until.ts'

/** How a process of an earlier start, one that was killed, is recognised and ended. */
export interface Leftover {
  /** Holds its process id. */
  pidFile: string
  /** Part of its command line that no process of another home has. */
  mark: string
  /** Asks it to end; without one it is known to end by itself. */
  signal?: NodeJS.Signals
  /** After this long it is killed. */
  withinMs: number
}

export function recordPid(pidFile: string, pid: number): void {
  writeFileSync(pidFile, String(pid))
}

/** Ends it and waits for that. A stranger that was given its process id since is left alone. */
export async function endLeftover({ pidFile, mark, signal, withinMs }: Leftover): Promise<void> {
  const pid = readPid(pidFile)
  const isOurs = () => pid !== undefined && (commandLineOf(pid)?.includes(mark) ?? false)
  if (pid !== undefined && isOurs()) {
    if (signal) process.kill(pid, signal)
    if (!(await waitUntil(() => !isOurs(), { timeoutMs: withinMs }))) process.kill(pid, 'SIGKILL')
    await waitUntil(() => !isOurs(), { timeoutMs: 2000 })
  }
  rmSync(pidFile, { force: true })
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined
  } catch {
    return undefined
  }
}
