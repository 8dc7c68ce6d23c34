import { Worker } from 'node:worker_threads'
import type { StatementLineage } from '../sql/script-lineage.ts'
import type { TableColumns } from '../sql/table-schema.ts'
import type { SqlVerdict } from '../../metrics/sql-verdict.ts'
import type { CheckRequest, ThreadMessage, TraceRequest } from './messages.ts'

/** A thread with a parser of its own. Of all outcomes but `traced` it has to be stopped and replaced. */
export interface ParserThread {
  trace(script: Script, limitMs: number): Promise<TraceOutcome>
  /** Refused where no answer came in time. */
  check(query: CheckRequest, limitMs: number): Promise<SqlVerdict>
  stop(): Promise<void>
}

export interface Script extends Pick<TraceRequest, 'sql' | 'dialect' | 'unparsed'> {
  schema: TableColumns
}

export type TraceOutcome =
  | { kind: 'traced'; statements: StatementLineage[] }
  | { kind: 'broken'; at: number }
  | { kind: GaveUp; statements: StatementLineage[]; message: string }

/** Why a script was given up: it took longer than its limit, needed more memory than there is, or ended the thread otherwise. */
export type GaveUp = 'too-slow' | 'out-of-memory' | 'crashed'

/** Schemas that a thread keeps: more connections than that are hardly traced in turns. */
const keptSchemas = 4
/** To load the parser takes some tenths of a second; on a machine that is busy with other things many times as long. */
const startLimitMs = 30_000

/** @throws when the thread does not start */
export async function startParserThread(memoryMb: number): Promise<ParserThread> {
  const worker = new Worker(new URL('./entry.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
  // What waits for an answer holds the process by its timer; an idle thread does not.
  worker.unref()
  // An error that comes when nobody waits any more is of a thread that is being stopped.
  worker.on('error', () => {})
  const schemas = keepSchemas()
  const started = await answerOf(worker, startLimitMs)
  if (started.kind !== 'ready') {
    await worker.terminate()
    throw new Error(
      `The thread that parses SQL did not start: ${'message' in started ? started.message : started.kind}`,
    )
  }
  return {
    async trace({ schema, ...script }, limitMs) {
      const answer = answerOf(worker, limitMs)
      worker.postMessage({ ...script, ...schemas.keep(schema) } satisfies TraceRequest, [])
      const outcome = await answer
      if (outcome.kind === 'ready' || outcome.kind === 'checked')
        return { kind: 'crashed', statements: [], message: 'It answered something else' }
      return outcome
    },
    async check(query, limitMs) {
      const answer = answerOf(worker, limitMs)
      worker.postMessage(query satisfies CheckRequest, [])
      const outcome = await answer
      if (outcome.kind === 'checked') return outcome.verdict
      return { ok: false, message: `It could not be parsed: ${'message' in outcome ? outcome.message : outcome.kind}` }
    },
    async stop() {
      await worker.terminate()
    },
  }
}

/** Numbers the schemas that a thread has, the one used last at the end. */
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

type Answer = TraceOutcome | Extract<ThreadMessage, { kind: 'ready' | 'checked' }>

/** Waits for what ends an answer: the thread's word, its death, or the limit. */
function answerOf(worker: Worker, limitMs: number): Promise<Answer> {
  const statements: StatementLineage[] = []
  return new Promise((resolve) => {
    const settle = (outcome: Answer): void => {
      clearTimeout(timer)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      resolve(outcome)
    }
    const giveUp = (kind: GaveUp, message: string): void => settle({ kind, statements, message })
    const onMessage = (message: ThreadMessage): void => {
      if ('statements' in message) statements.push(...message.statements)
      if (message.kind === 'traced') settle({ kind: 'traced', statements })
      else if (message.kind !== 'part') settle(message)
    }
    const onError = (error: Error & { code?: string }): void =>
      giveUp(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'crashed', error.message)
    const onExit = (code: number): void => giveUp('crashed', `The thread ended with code ${code}`)
    const timer = setTimeout(() => giveUp('too-slow', `It was not done after ${limitMs} ms`), limitMs)
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
  })
}
