import type { JobWarning } from '@plumbline/workflows'
import { ConnectorError } from '../connector-error.ts'
import type { SourceStatement, StatementEvent, StatementRequest } from '../connector.ts'
import { tooLongWarning } from '../too-long-warning.ts'
import { accessFlows } from './access-flows.ts'
import {
  historyPlaces,
  historyStatement,
  lagMs,
  ownHistoryMs,
  type HistoryPlace,
  type HistoryRow,
} from './history-statement.ts'
import type { SnowflakeLink } from './link.ts'
import { foldIdentifier, writtenIdentifier } from './quote.ts'
import { inContext } from './sql-context.ts'

const timeoutMs = 300_000

/**
 * What wrote since it was read last, up to where the history is complete: with its columns from `ACCESS_HISTORY`, else by its text. What the
 * role may not read is a warning that names the grant.
 */
export async function* readHistory(link: SnowflakeLink, request: StatementRequest): AsyncGenerator<StatementEvent> {
  const database = foldIdentifier(link.settings.database)
  const [state] = await link.query<{ now: number; role: string | null }>(
    'select date_part(epoch_millisecond, current_timestamp()) as "now", current_role() as "role"',
  )
  const now = state?.now ?? Date.now()
  const role = writtenIdentifier(state?.role ?? 'YOUR_ROLE')
  const refusals: ConnectorError[] = []
  for (const place of historyPlaces) {
    const to = new Date(now - lagMs[place])
    const since = sinceOf(place, request, now)
    // What ran since then is not shown yet.
    if (since >= to) return
    try {
      yield* readPlace(link, place, { ...request, database, since, to })
      yield { kind: 'read', upTo: { source: place, to } }
      break
    } catch (error) {
      if (!isRefusal(error)) throw error
      refusals.push(error)
    }
  }
  const last = refusals.at(-1)
  if (last) yield { kind: 'warnings', warnings: [missingHistory(refusals.length, last, role)] }
}

/** What a place shows that could not be read before is new, however old. */
function sinceOf(place: HistoryPlace, { since, readBefore }: StatementRequest, now: number): Date {
  const wanted = readBefore?.source === place ? readBefore.to : since
  return place === 'own' ? new Date(Math.max(wanted.getTime(), now - ownHistoryMs)) : wanted
}

/** The role lacks a right, or the edition the view. */
const isRefusal = (error: unknown): error is ConnectorError =>
  error instanceof ConnectorError && ['permission-denied', 'database-not-found', 'source-failed'].includes(error.code)

async function* readPlace(
  link: SnowflakeLink,
  place: HistoryPlace,
  window: StatementRequest & { database: string; to: Date },
): AsyncGenerator<StatementEvent> {
  let tooLong = 0
  for await (const rows of link.pages<HistoryRow>(historyStatement(place, window), { timeoutMs })) {
    const statements = rows.flatMap(statementOf)
    tooLong += rows.filter(({ text }) => text === null).length
    if (statements.length > 0) yield { kind: 'statements', statements }
  }
  if (tooLong > 0) yield { kind: 'warnings', warnings: [tooLongWarning(tooLong, 'query history', window.maxLength)] }
}

function statementOf({ text, database, schema, calls, read, written }: HistoryRow): SourceStatement[] {
  if (text === null) return []
  const flows = accessFlows(read, written)
  const statement = { externalId: '', name: '', text: inContext({ database, schema }, text), calls, searchPath: null }
  return [flows === null ? statement : { ...statement, flows }]
}

/** @param refused how many of the places: the fewer, the more is known all the same */
function missingHistory(refused: number, { message: said }: ConnectorError, role: string): JobWarning {
  const grant = `GRANT DATABASE ROLE SNOWFLAKE.GOVERNANCE_VIEWER TO ROLE ${role};`
  const [columns, others] = [
    `ACCESS_HISTORY cannot be read (${said}), so what statements write is told by their texts. It needs the Enterprise Edition and: ${grant}`,
    `Only statements of the role itself, of the last 7 days, are traced: ${grant}`,
  ]
  const none = `The query history cannot be read (${said}), so statements that ran are not traced: ${grant}`
  return {
    code: 'history-not-readable',
    object: 'query history',
    message: refused === 1 ? columns : refused < historyPlaces.length ? others : none,
  }
}
