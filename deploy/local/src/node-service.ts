import { spawn } from 'node:child_process'
import { createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { openLog } from './log-file.ts'
import { handleOf } from './server-process.ts'
import type { Part } from './keep-running.ts'

export interface NodeServiceOptions {
  name: string
  /** Absolute path of its main.ts. */
  entry: string
  env: NodeJS.ProcessEnv
  logFile: string
  /** Told of each error it logs, and of what it writes to stderr. */
  complain: (line: string) => void
}

/** The worker gives its activities 8 s; with the servers after it, everything has ended within 15 s. */
const drainMs = 9000
/** pino's `error`. */
const errorLevel = 50

/**
 * Starts the gateway or a worker with the Node that runs us. It has a process group of its own, so that Ctrl-C reaches us
 * only, and a channel whose end tells it that we are gone, also when we were killed.
 */
export function startNodeService(options: NodeServiceOptions): Part {
  const child = spawn(process.execPath, [options.entry], {
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
  const process_ = handleOf(child)
  void process_.exited.then(() => log.end())
  return { process: process_, stop: () => process_.stop('SIGTERM', drainMs) }
}

function record(
  stream: Readable,
  log: WriteStream,
  complaint: (line: string) => string | undefined,
  complain: (line: string) => void,
): void {
  let last = ''
  createInterface({ input: stream }).on('line', (line) => {
    if (!log.writableEnded) log.write(`${line}\n`)
    const text = complaint(line)
    // A server that cannot be reached is complained about every second: once is enough on the screen.
    if (text !== undefined && text !== last) complain((last = text))
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
