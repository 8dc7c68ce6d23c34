import { createHash } from 'node:crypto'
import { withoutLiterals, type SqlDialect, type TracedStatement } from '@plumbline/analysis'
import type { Session, SourceFlow, SourceStatement } from '@plumbline/connectors'
import { endHistory, historyRead, stageStatements, type JobLedger, type NewStatement } from '@plumbline/store'
import type { SourceDeps } from '../source.ts'
import type { StepContext } from '../in-step.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'

/** Longer ones are generated, and take longer to trace than they are worth. */
const maxLength = 100_000
const dayMs = 86_400_000

interface StatementSource {
  session: Session
  dialect: SqlDialect
  kind: 'query' | 'function'
  limit: number
  fadeDays: number
}

/**
 * Collects the statements that a source keeps, page by page; a second attempt collects them again, which replaces what was there.
 * Values are taken out before anything is stored: utility statements keep theirs in the history of the source.
 *
 * @returns how many were read
 */
export async function collectStatements(
  { db, ledger }: SourceDeps & { ledger: JobLedger },
  { job, lease, signal, log }: StepContext,
  { session, dialect, kind, limit, fadeDays }: StatementSource,
): Promise<number> {
  const watch = stopwatch()
  const { connectionId } = job
  // What ran before would be faded.
  const since = new Date(Date.now() - fadeDays * dayMs)
  const readBefore = await historyRead(db, connectionId)
  let read = 0
  for await (const event of session.readStatements({ kind, since, readBefore, limit, maxLength })) {
    signal.throwIfAborted()
    if (event.kind === 'warnings') {
      for (const { message } of event.warnings) log('warn', message)
      await ledger.addWarnings(lease, event.warnings)
    } else if (event.kind === 'read') {
      const { upTo } = event
      log('info', `Read the history of statements up to ${upTo.to.toISOString()}`, { source: upTo.source })
      await endHistory(db, lease, { connectionId, upTo })
    } else {
      const staged = kind === 'query' ? (one: SourceStatement) => queryOf(one, dialect) : routineOf
      await stageStatements(db, lease, event.statements.map(staged))
      read += event.statements.length
    }
  }
  const ms = watch.lap()
  log(
    levelOf(ms),
    `Collected ${read} ${kind === 'query' ? 'statements of the query history' : 'routines'} in ${ms} ms`,
    { ms },
  )
  return read
}

function queryOf({ text, calls, target: into, flows }: SourceStatement, dialect: SqlDialect): NewStatement {
  const bare = withoutLiterals(text, dialect)
  const target = into && ([into.schema, into.name] as const)
  const hash = createHash('sha256')
    .update(target ? JSON.stringify([bare, target]) : bare)
    .digest('hex')
  const described = { key: `query:${hash}`, origin: 'query' as const, name: '', text: bare }
  const result = flows && JSON.stringify(seen(flows))
  return { ...described, calls, searchPath: null, ...(target && { target }), ...(result && { result }) }
}

/** As if it had been traced. */
const seen = (flows: readonly SourceFlow[]): TracedStatement => ({
  flows: flows.map((flow) => ({ ...flow, told: false })),
  selfLoops: 0,
  failures: [],
  gaveUp: null,
})

const routineOf = ({ externalId, name, text, searchPath }: SourceStatement): NewStatement => ({
  key: `function:${externalId}`,
  origin: 'function',
  name,
  text,
  calls: null,
  searchPath,
})
