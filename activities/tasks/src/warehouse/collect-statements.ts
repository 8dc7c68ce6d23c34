import { createHash } from 'node:crypto'
import { withoutLiterals } from '@plumbline/analysis'
import type { Session, SourceStatement } from '@plumbline/connectors'
import { stageStatements, type JobLedger, type NewStatement } from '@plumbline/store'
import type { SourceDeps } from '../source.ts'
import type { StepContext } from '../in-step.ts'
import { levelOf, stopwatch } from '../stopwatch.ts'

/** Longer ones are generated, and take longer to trace than they are worth. */
const maxLength = 100_000

/**
 * Collects the statements that a source keeps, page by page; a second attempt collects them again, which replaces what was there.
 * Values are taken out before anything is stored: utility statements keep theirs in the history of the source.
 *
 * @returns how many were read
 */
export async function collectStatements(
  { db, ledger }: SourceDeps & { ledger: JobLedger },
  { lease, signal, log }: StepContext,
  session: Session,
  { kind, limit }: { kind: 'query' | 'function'; limit: number },
): Promise<number> {
  const watch = stopwatch()
  let read = 0
  for await (const event of session.readStatements({ kind, limit, maxLength })) {
    signal.throwIfAborted()
    if (event.kind === 'warnings') {
      for (const { message } of event.warnings) log('warn', message)
      await ledger.addWarnings(lease, event.warnings)
    } else {
      await stageStatements(db, lease, event.statements.map(kind === 'query' ? queryOf : routineOf))
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

function queryOf({ text, calls }: SourceStatement): NewStatement {
  const bare = withoutLiterals(text, 'postgres')
  const hash = createHash('sha256').update(bare).digest('hex')
  return { key: `query:${hash}`, origin: 'query', name: '', text: bare, calls, searchPath: null }
}

const routineOf = ({ externalId, name, text, searchPath }: SourceStatement): NewStatement => ({
  key: `function:${externalId}`,
  origin: 'function',
  name,
  text,
  calls: null,
  searchPath,
})
