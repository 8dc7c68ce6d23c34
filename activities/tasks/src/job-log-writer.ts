import type { JobLedger, NewLogLine, StepLease } from '@plumbline/store'
import type { LogLevel } from '@plumbline/workflows'
import type { Redact } from './failures.ts'

/** Lines an activity may add to one job; the steps of its life are always written. */
export const maxLines = 20_000
/**
 * Lines that the first attempt of a step writes without asking how many there are: most activities have no more, and need no second
 * round trip. A step adds them to the cap once at most.
 */
const unasked = 20
/** Held between two writes; a record that is away costs the log its lines, never the worker its memory. */
const maxBuffered = 2_000
const longestMessage = 4_000

export interface LogTarget {
  ledger: Pick<JobLedger, 'appendLog' | 'logLength'>
  lease: StepLease
  /** Asked for each line: secrets become known on the way. */
  redact: Redact
  /** A write that failed; the lines are lost, which the next one says. */
  onError: (error: unknown) => void
}

/**
 * Keeps what an attempt logs and writes it in batches, one at a time, when told to. Secrets are taken out before anything is
 * kept. A log is never worth failing for: lines that cannot be written are dropped and counted.
 */
export function jobLogWriter({ ledger, lease, redact, onError }: LogTarget) {
  const { jobId, step, attempt } = lease
  let buffer: NewLogLine[] = []
  let lost = 0
  let writing: Promise<void> | undefined

  const lineOf = (level: LogLevel, message: string, fields: Record<string, unknown> = {}): NewLogLine => ({
    at: new Date(),
    level,
    step,
    attempt,
    message: storable(redact(message).slice(0, longestMessage)),
    fields: redactFields(fields, redact),
  })

  const fitting = capped({ ledger, lease }, () =>
    lineOf('warn', `The log of this job is full: beyond ${maxLines} lines only errors are kept`),
  )

  const write = async (): Promise<void> => {
    const lines = buffer
    const missing = lost
    buffer = []
    lost = 0
    const told =
      missing > 0 ? [lineOf('warn', `${missing} lines before this one could not be written and are lost`)] : []
    try {
      await ledger.appendLog(jobId, await fitting([...told, ...lines]))
    } catch (error) {
      lost += missing + lines.length
      onError(error)
    }
  }

  const flush = (): Promise<void> => {
    if (writing) return writing
    if (buffer.length === 0) return Promise.resolve()
    writing = write().finally(() => {
      writing = undefined
    })
    return writing
  }

  const add = (level: LogLevel, message: string, fields?: Record<string, unknown>): void => {
    if (buffer.length < maxBuffered) buffer.push(lineOf(level, message, fields))
    else lost++
  }

  return {
    add,
    /** Starts a write of what is kept, unless one is on its way. */
    flush,
    /** Resolves when all is written, or lost. */
    async finish(): Promise<void> {
      await writing
      await flush()
    },
  }
}

/** Lets through what fits below the cap, and the line that says so once it is reached; an error is always worth a line. */
function capped({ ledger, lease }: Pick<LogTarget, 'ledger' | 'lease'>, full: () => NewLogLine) {
  let room: number | undefined
  let unaskedLeft = lease.attempt === 1 ? unasked : 0
  return async (lines: NewLogLine[]): Promise<NewLogLine[]> => {
    if (room === undefined && lines.length <= unaskedLeft) {
      unaskedLeft -= lines.length
      return lines
    }
    room ??= maxLines - (await ledger.logLength(lease.jobId))
    if (room <= 0) return lines.filter(({ level }) => level === 'error')
    if (lines.length < room) {
      room -= lines.length
      return lines
    }
    const [kept, rest] = [lines.slice(0, room), lines.slice(room)]
    room = 0
    return [...kept, full(), ...rest.filter(({ level }) => level === 'error')]
  }
}

function redactFields(fields: Record<string, unknown>, redact: Redact): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redactValue(value, redact)]))
}

function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return storable(redact(value))
  if (Array.isArray(value)) return value.map((one) => redactValue(one, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, redactValue(one, redact)]))
}

/** Neither NUL nor half a surrogate pair, which cutting a text leaves too: one line with it would cost the whole batch. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '')
