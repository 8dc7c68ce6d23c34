import { spawn } from 'node:child_process'
import { createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { endLeftover, recordPid } from './leftover.ts'
import { openLog } from './log-file.ts'
import { handleOf } from './server-process.ts'
import type { Part } from './keep-running.ts'

export interface NodeServiceOptions {
  /** Absolute path of its main.ts. */
  entry: string
  /** Tells it from the service of another copy, in the list of processes too. */
  home: string
  env: NodeJS.ProcessEnv
  pidFile: string
  logFile: string
  /** Told of each error it logs, and of what it writes to stderr. */
  complain: (line: string) => void
}

/** The worker gives its activities 8 s; with the servers after it, everything has ended within 15 s. */
const drainMs = 9000
/** pino's `error`. */
const errorLevel = 50

/**
 * Collects garbage sooner instead of letting it pile up on a machine with room. Rows and documents are streamed, so a quarter
 * of a gigabyte is far more than any job holds at once; without a limit a worker kept 445 MB after ten discoveries.
 */
export const leanNode: readonly string[] = ['--max-semi-space-size=16', '--max-old-space-size=256']

/**
 * Starts the gateway or a worker with the Node that runs us. It has a process group of its own, so that Ctrl-C reaches us
 * only, and a channel whose end tells it that we are gone, also when we were killed.
 */
export function startNodeService(options: NodeServiceOptions): Part {
  const child = spawn(process.execPath, [...leanNode, options.entry, options.home], {
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const log = createWriteStream('', { fd: openLog(options.logFile) })
  for (const [stream, isError] of [
    [child.stdout, false],
    [child.stderr, true],
  ] as const) {
    if (stream) record(stream, log, (line) => complaintIn(line, isError), options.complain)
  }
  recordPid(options.pidFile, child.pid ?? 0)
  child.once('close', () => log.end())
  const handle = handleOf(child)
  return { process: handle, stop: () => handle.stop('SIGTERM', drainMs) }
}

/** Waits for the service that a killed start left behind: it sees that its channel has ended, and drains. */
export async function endLeftoverService(
  options: Pick<NodeServiceOptions, 'entry' | 'home' | 'pidFile'>,
): Promise<void> {
  await endLeftover({ pidFile: options.pidFile, mark: `${options.entry} ${options.home}`, withinMs: 13_000 })
}

function record(
  stream: Readable,
  log: WriteStream,
  complaint: (line: string) => string | undefined,
  complain: (line: string) => void,
): void {
  createInterface({ input: stream }).on('line', (line) => {
    if (!log.writableEnded) log.write(`${line}\n`)
    const text = complaint(line)
    if (text !== undefined) complain(text)
  })
}

/** What belongs to a stack is in the log. */
const stackLine = /^(\s|}|node:|Node\.js v|$)/

/** The message of a log line that a person should see; `undefined` for the rest. */
function complaintIn(line: string, isError: boolean): string | undefined {
  if (!line.startsWith('{')) return isError && !stackLine.test(line) ? line : undefined
  try {
    const entry: { level?: unknown; msg?: unknown; err?: { message?: unknown } } = JSON.parse(line)
    if (typeof entry.level !== 'number' || entry.level < errorLevel) return undefined
    return [entry.msg, entry.err?.message].filter((part) => typeof part === 'string').join(': ')
  } catch {
    return isError ? line : undefined
  }
}
