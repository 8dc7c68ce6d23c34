import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { StatementLineage } from '../sql/script-lineage.ts'
import type { TableColumns } from '../sql/table-schema.ts'
import type { SqlVerdict } from '../../metrics/sql-verdict.ts'
import type { CheckRequest, ParserMessage, ParserRequest, TraceRequest } from './messages.ts'

/** A process with a parser of its own. Of all outcomes but `traced` it has to be stopped and replaced. */
export interface ParserProcess {
  trace(script: Script, limitMs: number): Promise<TraceOutcome>
  /** Refused where no answer came in time. */
  check(query: CheckRequest, limitMs: number): Promise<SqlVerdict>
  /** It died by itself, or was stopped. */
  isGone(): boolean
  stop(): Promise<void>
}

export interface Script extends Pick<TraceRequest, 'sql' | 'dialect' | 'unparsed'> {
  schema: TableColumns
}

export type TraceOutcome =
  | { kind: 'traced'; statements: StatementLineage[] }
  | { kind: 'broken'; at: number }
  | { kind: GaveUp; statements: StatementLineage[]; message: string }

/** Why a script was given up: it took longer than its limit, needed more memory than there is, or ended the process otherwise. */
export type GaveUp = 'too-slow' | 'out-of-memory' | 'crashed'

/** Schemas that a process keeps: more connections than that are hardly traced in turns. */
const keptSchemas = 4
/** To load the parser takes some tenths of a second; on a machine that is busy with other things many times as long. */
const startLimitMs = 30_000
/** Of what it says when it dies, enough for the reason. */
const keptErrorChars = 16_000

/** @throws when the process does not start */
export async function startParserProcess(memoryMb: number): Promise<ParserProcess> {
  const child = fork(fileURLToPath(new URL('./entry.ts', import.meta.url)), {
    execArgv: [`--max-old-space-size=${memoryMb}`],
    // It parses what strangers wrote: it knows no secret.
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const errors = lastErrors(child)
  // What waits for an answer holds this process by its timer; an idle parser does not.
  child.unref()
  child.channel?.unref()
  // An error that comes when nobody waits any more is of a process that is being stopped.
  child.on('error', () => {})
  const schemas = keepSchemas()
  const ask = (request: ParserRequest | null, limitMs: number): Promise<Answer> =>
    answerOf(child, { request, limitMs, errors })
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  async function stop(): Promise<void> {
    if (isGone()) return
    const gone = once(child, 'exit')
    child.ref()
    child.kill('SIGKILL')
    await gone
  }
  const started = await ask(null, startLimitMs)
  if (started.kind !== 'ready') {
    await stop()
    throw new Error(
      `The process that parses SQL did not start: ${'message' in started ? started.message : started.kind}`,
    )
  }
  return {
    async trace({ schema, ...script }, limitMs) {
      const outcome = await ask({ ...script, ...schemas.keep(schema) }, limitMs)
      if (outcome.kind === 'ready' || outcome.kind === 'checked')
        return { kind: 'crashed', statements: [], message: 'It answered something else' }
      return outcome
    },
    async check(query, limitMs) {
      const outcome = await ask(query, limitMs)
      if (outcome.kind === 'checked') return outcome.verdict
      return { ok: false, message: `It could not be parsed: ${'message' in outcome ? outcome.message : outcome.kind}` }
    },
    isGone,
    stop,
  }
}

function lastErrors({ stderr }: ChildProcess): () => string {
  let text = ''
  stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-keptErrorChars)
  })
  if (stderr && 'unref' in stderr && typeof stderr.unref === 'function') stderr.unref()
  return () => text
}

/** Numbers the schemas that a process has, the one used last at the end. */
function keepSchemas() {
  const numbers = new Map<TableColumns, number>()
  let next = 0
  return {
    keep(schema: TableColumns): Pick<TraceRequest, 'schema' | 'tables' | 'forget'> {
      const known = numbers.get(schema)
      numbers.delete(schema)
      numbers.set(schema, known ?? next)
      if (known !== undefined) return { schema: known }
      const [oldest] = numbers.size > keptSchemas ? numbers : []
      if (oldest) numbers.delete(oldest[0])
      return { schema: next++, tables: schema, ...(oldest ? { forget: oldest[1] } : {}) }
    },
  }
}

type Answer = TraceOutcome | Extract<ParserMessage, { kind: 'ready' | 'checked' }>

interface Asked {
  /** Null for the word that it has started, which it gives unasked. */
  request: ParserRequest | null
  limitMs: number
  errors: () => string
}

/** Waits for what ends an answer: the process's word, its death, or the limit. */
function answerOf(child: ChildProcess, { request, limitMs, errors }: Asked): Promise<Answer> {
  const statements: StatementLineage[] = []
  return new Promise((resolve) => {
    const settle = (outcome: Answer): void => {
      clearTimeout(timer)
      child.off('message', onMessage).off('error', onError).off('close', onClose)
      resolve(outcome)
    }
    const giveUp = (kind: GaveUp, message: string): void => settle({ kind, statements, message })
    const onMessage = (message: ParserMessage): void => {
      if ('statements' in message) statements.push(...message.statements)
      if (message.kind === 'traced') settle({ kind: 'traced', statements })
      else if (message.kind !== 'part') settle(message)
    }
    const onError = (error: Error): void => giveUp('crashed', error.message)
    const onClose = (code: number | null, signal: string | null): void =>
      errors().includes('heap out of memory')
        ? giveUp('out-of-memory', 'It needed more memory than it may have')
        : giveUp('crashed', `The process ended with ${signal ?? `code ${code}`}`)
    const timer = setTimeout(() => giveUp('too-slow', `It was not done after ${limitMs} ms`), limitMs)
    child.on('message', onMessage).on('error', onError).on('close', onClose)
    if (request) child.send(request, (error) => error && onError(error))
  })
}
