import type { SqlVerdict } from '../../metrics/sql-verdict.ts'
import type { SqlDialect } from '../sql/dialect.ts'
import type { StatementLineage } from '../sql/script-lineage.ts'
import type { TableColumns } from '../sql/table-schema.ts'
import { startParserProcess, type GaveUp, type ParserProcess, type TraceOutcome } from './parser-process.ts'

/** Traces SQL that may come from anybody, in a process that can be lost: a script costs at most its limit and only itself. */
export interface LineageParser {
  /**
   * One script at a time; others wait their turn.
   *
   * @param schema is copied into the process once and known by its identity from then on: it must not be changed afterwards
   * @throws when the parser is closed, or a process cannot be started
   */
  lineageOf(sql: string, dialect: SqlDialect, schema: TableColumns): Promise<ScriptLineage>
  /** Judges a query that is to be run as a metric; one that breaks or stops the process is refused. */
  checkQuery(sql: string, dialect: SqlDialect): Promise<SqlVerdict>
  /** Ends the process. A script that is being traced or waits is rejected. */
  close(): Promise<void>
}

export interface ScriptLineage {
  /** In the order of the script; of one that was given up those before that. */
  statements: StatementLineage[]
  /** Null when the script was traced to its end. */
  gaveUp: { reason: GaveUp; message: string } | null
}

interface LineageParserOptions {
  /** For a script as a whole. */
  limitMs?: number
  /** Of the heap of the process; schemas are part of it: about 100 MB for 50,000 tables of 20 columns. */
  memoryMb?: number
}

/** Statements of one script that may break the parser before the rest of it is given up. */
const mostBroken = 3

export function createLineageParser({ limitMs = 5_000, memoryMb = 512 }: LineageParserOptions = {}): LineageParser {
  let parser: Promise<ParserProcess> | null = null
  let last: Promise<unknown> = Promise.resolve()
  const closing = Promise.withResolvers<never>()
  // Nobody has to wait for it.
  closing.promise.catch(() => {})
  let isClosed = false

  /** One that died while nothing was asked of it costs nothing. */
  async function living(): Promise<ParserProcess> {
    const current = await parser
    if (current?.isGone()) parser = null
    return (parser ??= startParserProcess(memoryMb))
  }

  async function replace(): Promise<void> {
    const lost = parser
    parser = null
    await (await lost)?.stop()
  }

  async function trace(sql: string, dialect: SqlDialect, schema: TableColumns): Promise<ScriptLineage> {
    const unparsed: number[] = []
    let leftMs = limitMs
    for (;;) {
      if (isClosed) return closing.promise
      const current = await living()
      const begun = performance.now()
      const outcome = await Promise.race([current.trace({ sql, dialect, schema, unparsed }, leftMs), closing.promise])
      if (outcome.kind === 'traced') return { statements: outcome.statements, gaveUp: null }
      await replace()
      leftMs -= performance.now() - begun
      if (outcome.kind !== 'broken' || unparsed.length === mostBroken || leftMs <= 0) return givenUp(outcome)
      // The statement that broke it is told by its words, and the others are traced with a new parser.
      unparsed.push(outcome.at)
    }
  }

  async function check(sql: string, dialect: SqlDialect): Promise<SqlVerdict> {
    if (isClosed) return closing.promise
    const current = await living()
    const verdict = await Promise.race([current.check({ check: sql, dialect }, limitMs), closing.promise])
    // What was refused may have broken it.
    if (!verdict.ok) await replace()
    return verdict
  }

  return {
    lineageOf(sql, dialect, schema) {
      const answer = last.then(() => trace(sql, dialect, schema))
      last = answer.catch(() => {})
      return answer
    },
    checkQuery(sql, dialect) {
      const answer = last.then(() => check(sql, dialect))
      last = answer.catch(() => {})
      return answer
    },
    async close() {
      isClosed = true
      closing.reject(new Error('The parser of lineage is closed'))
      await replace()
    },
  }
}

const givenUp = (outcome: Exclude<TraceOutcome, { kind: 'traced' }>): ScriptLineage =>
  outcome.kind === 'broken'
    ? { statements: [], gaveUp: { reason: 'crashed', message: 'Several of its statements break the parser' } }
    : { statements: outcome.statements, gaveUp: { reason: outcome.kind, message: outcome.message } }
