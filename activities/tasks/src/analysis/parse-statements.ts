import { createHash } from 'node:crypto'
import {
  createLineageParser,
  lineageResolverVersion,
  namesIn,
  readTracedStatement,
  scriptOf,
  traceStatement,
  type SqlDialect,
  type StatementParser,
  type TracedStatement,
} from '@plumbline/analysis'
import {
  collectedStatements,
  keepStatements,
  knownStatements,
  noteUse,
  writeResults,
  type CollectedStatement,
  type Database,
  type JobLedger,
  type KnownStatement,
} from '@plumbline/store'
import type { StepContext } from '../in-step.ts'
import { breathe } from './breathe.ts'
import { dialectOf } from './dialect-of.ts'
import { lookUpNames, type KnownNames } from './look-up-names.ts'
import { failureReport, type FailureReport } from './statement-warnings.ts'

const pageSize = 100

/**
 * Traces each collected statement that is not known yet, in a process with a limit of time. What was found before holds while the tables
 * that the statement names have the columns they had. Each page is written before the next: a later attempt goes on there.
 *
 * @param onDone is told how many are done after each page
 * @returns how many were not, or not wholly, understood
 */
export async function parseStatements(
  { db, ledger }: { db: Database; ledger: JobLedger },
  context: StepContext,
  onDone: (done: number) => void,
): Promise<{ traced: number; known: number; failed: number }> {
  const { job, lease, signal } = context
  const dialect = await dialectOf(db, job.connectionId)
  const scope = { organizationId: job.organizationId, dialect, resolver: lineageResolverVersion }
  const report = failureReport(dialect)
  const counts = { traced: 0, known: 0 }
  const parser = createLineageParser()
  const stop = () => void parser.close()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (let after = ''; ;) {
      const page = await collectedStatements(db, job.jobId, { after, limit: pageSize, traced: false })
      const last = page.at(-1)
      if (!last) break
      const scripts = page.map((statement): Script => {
        const text = scriptOf(statement, dialect)
        return { statement, text, hash: createHash('sha256').update(text).digest('hex') }
      })
      const known = await knownStatements(db, scope, [...new Set(scripts.map(({ hash }) => hash))])
      const named = await withNames(parser, scripts, { known, dialect, signal })
      const source = { connectionId: job.connectionId, dialect }
      const names = await lookUpNames(db, source, new Set(named.flatMap((script) => script.names)))
      const outcomes = await traceAll(parser, named, { known, dialect, names, report, signal })
      const [old, fresh] = [outcomes.filter(({ isKnown }) => isKnown), outcomes.filter(({ isKnown }) => !isKnown)]
      counts.known += old.length
      await keepStatements(db, lease, scope, fresh)
      await noteUse(db, scope, old)
      await writeResults(db, lease, new Map(outcomes.map(({ key, result }) => [key, result])))
      counts.traced += page.length
      onDone(counts.traced)
      after = last.key
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    await parser.close()
  }
  await ledger.addWarnings(lease, report.warnings())
  return { ...counts, failed: report.failed() }
}

interface Script {
  statement: CollectedStatement
  text: string
  hash: string
}
type NamedScript = Script & { names: string[] }

/** A text that is known has the names that it had then; a new one is parsed for them first. */
async function withNames(
  parser: StatementParser,
  scripts: readonly Script[],
  { known, dialect, signal }: Pick<Tracing, 'known' | 'dialect' | 'signal'>,
): Promise<NamedScript[]> {
  const byHash = new Map(known.map(({ hash, names }) => [hash, names]))
  const named: NamedScript[] = []
  for (const script of scripts) {
    signal.throwIfAborted()
    named.push({ ...script, names: byHash.get(script.hash) ?? (await namesIn(parser, script.text, dialect)) })
  }
  return named
}

interface Tracing {
  known: readonly KnownStatement[]
  dialect: SqlDialect
  names: KnownNames
  report: FailureReport
  signal: AbortSignal
}

type Outcome = KnownStatement & { key: string; isKnown: boolean }

async function traceAll(
  parser: StatementParser,
  scripts: readonly NamedScript[],
  tracing: Tracing,
): Promise<Outcome[]> {
  const { known, dialect, names, report, signal } = tracing
  const byCatalog = new Map(known.map((one) => [`${one.hash} ${one.catalog}`, one.result]))
  const outcomes: Outcome[] = []
  for (const script of scripts) {
    await breathe(signal)
    const columns = columnsOf(script, names)
    const catalog = createHash('sha256').update(JSON.stringify(columns)).digest('hex')
    const before = byCatalog.get(`${script.hash} ${catalog}`)
    const traced: TracedStatement = before
      ? readTracedStatement(before)
      : await traceStatement(parser, script.text, dialect, Object.fromEntries(columns))
    report.add(script.statement, traced)
    const result = before ?? JSON.stringify(traced)
    byCatalog.set(`${script.hash} ${catalog}`, result)
    const { hash, names: written } = script
    outcomes.push({ key: script.statement.key, hash, catalog, names: written, result, isKnown: before !== undefined })
  }
  return outcomes
}

/** The columns that each name stands for; one that could be several relations stands for none of them. */
const columnsOf = (
  { statement, names }: NamedScript,
  known: KnownNames,
): [name: string, columns: readonly string[]][] =>
  names.flatMap((name) => {
    const choice = known.choose(name, statement.searchPath)
    const [only] = choice?.relations ?? []
    return only && choice?.relations.length === 1 ? [[name, only.columns]] : []
  })
