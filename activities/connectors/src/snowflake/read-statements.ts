import type { JobWarning } from '@plumbline/workflows'
import { ConnectorError } from '../connector-error.ts'
import type { StatementEvent, StatementRequest } from '../connector.ts'
import { tooLongWarning } from '../too-long-warning.ts'
import { viewOf } from './catalog-statements.ts'
import type { SnowflakeLink } from './link.ts'
import { foldIdentifier } from './quote.ts'
import { readHistory } from './read-history.ts'
import { inContext } from './sql-context.ts'

const timeoutMs = 60_000

/** What ran and wrote, or the bodies of procedures in SQL; functions only give values back. */
export async function* readStatements(link: SnowflakeLink, request: StatementRequest): AsyncGenerator<StatementEvent> {
  try {
    yield* request.kind === 'query' ? readHistory(link, request) : readProcedures(link, request)
  } catch (error) {
    const warning = warningOf(error, request.kind)
    if (!warning) throw error
    yield { kind: 'warnings', warnings: [warning] }
  }
}

interface ProcedureRow {
  schema: string
  name: string
  signature: string
  /** Null where it is too long. */
  body: string | null
}

/** The body of a procedure is shown to whoever may use it. */
async function* readProcedures(
  link: SnowflakeLink,
  { limit, maxLength }: StatementRequest,
): AsyncGenerator<StatementEvent> {
  const database = foldIdentifier(link.settings.database)
  let tooLong = 0
  const pages = link.pages<ProcedureRow>(
    `select procedure_schema as "schema", procedure_name as "name", argument_signature as "signature",
      iff(length(procedure_definition) <= ${maxLength}, procedure_definition, null) as "body"
    from ${viewOf(database, 'procedures')} where procedure_language = 'SQL' and procedure_definition is not null
    order by procedure_schema, procedure_name, argument_signature limit ${limit}`,
    { timeoutMs },
  )
  for await (const rows of pages) {
    tooLong += rows.filter(({ body }) => body === null).length
    const statements = rows.flatMap(({ schema, name, signature, body }) => {
      const called = `${schema}.${name}${signature}`
      const text = body === null ? null : inContext({ database, schema }, body)
      return text === null ? [] : [{ externalId: called, name: called, text, calls: null, searchPath: null }]
    })
    if (statements.length > 0) yield { kind: 'statements', statements }
  }
  if (tooLong > 0) yield { kind: 'warnings', warnings: [tooLongWarning(tooLong, 'procedures', maxLength)] }
}

/** After these the session can go on, and the job without this part. */
function warningOf(error: unknown, kind: StatementRequest['kind']): JobWarning | undefined {
  if (!(error instanceof ConnectorError)) return undefined
  const { code, message } = error
  if (code !== 'permission-denied' && code !== 'source-failed' && code !== 'statement-timeout') return undefined
  return kind === 'query'
    ? {
        code: 'history-not-readable',
        object: 'query history',
        message: `The query history could not be read: ${message}`,
      }
    : { code: 'routines-not-readable', object: 'procedures', message: `Procedures could not be read: ${message}` }
}
