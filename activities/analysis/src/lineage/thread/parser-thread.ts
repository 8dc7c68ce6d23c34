import { Worker } from 'node:worker_threads'
import type { StatementLineage } from '../sql/script-lineage.ts'
import type { TableColumns } from '../sql/table-schema.ts'
import type { ThreadMessage, TraceRequest } from './messages.ts'

/** A thread with a parser of its own. Of all outcomes but `traced` it has to be stopped and replaced. */
export interface ParserThread {
  trace(script: Script, limitMs: number): Promise<TraceOutcome>
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
      return outcome.kind === 'ready' ? { kind: 'crashed', statements: [], message: 'It started anew' } : outcome
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

/** Waits for what ends an answer: the thread's word, its death, or the limit. */
function answerOf(worker: Worker, limitMs: number): Promise<TraceOutcome | { kind: 'ready' }> {
  const statements: StatementLineage[] = []
  return new Promise((resolve) => {
    const settle = (outcome: TraceOutcome | { kind: 'ready' }): void => {
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
