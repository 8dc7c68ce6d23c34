import type { ConnectOptions } from './connect.ts'
import { SnowflakeLink } from './link.ts'
import { foldIdentifier, quoteIdentifier, quoteLiteral } from './quote.ts'

/** How far back a statement that still runs may have begun: longer than any may run. */
const longestHours = 24
const mostStatements = 1_000

/**
 * Cancels the statements that run under a label, of the same user, who may always do that to their own; each ends its transaction.
 * The session itself holds nothing then, and is closed by Snowflake. @returns how many were told to end
 */
export async function endSessions(options: ConnectOptions, label: string): Promise<number> {
  const link = await SnowflakeLink.open(options)
  try {
    const database = quoteIdentifier(foldIdentifier(options.settings.database))
    const running = await link.query<{ id: string }>(`select query_id as "id"
      from table(${database}.information_schema.query_history_by_user(
        end_time_range_start => dateadd('hour', -${longestHours}, current_timestamp()), result_limit => ${mostStatements}))
      where query_tag = ${quoteLiteral(label)} and session_id <> current_session()
        and execution_status in ('RUNNING', 'QUEUED', 'BLOCKED', 'RESUMING_WAREHOUSE')`)
    for (const { id } of running) await link.query(`select system$cancel_query(${quoteLiteral(id)}) as "said"`)
    return running.length
  } finally {
    await link.close()
  }
}
