import { applicationNameOf } from './connect.ts'
import { PostgresLink, type LinkOptions } from './link.ts'

const statementTimeoutMs = 10_000

/**
 * Ends sessions as a whole, with their statements, transactions and locks: also one that holds a transaction open and says
 * nothing. Others of the same user carry other labels. @returns how many were told to end
 */
export async function endSessions(options: LinkOptions, label: string): Promise<number> {
  const link = await PostgresLink.open(options)
  try {
    await using _transaction = await link.begin(statementTimeoutMs)
    const [ended] = await link.query<{ sessions: number }>(endQuery, [applicationNameOf(label)])
    return ended?.sessions ?? 0
  } finally {
    await link.close()
  }
}

const endQuery = `
select count(*) filter (where pg_terminate_backend(pid))::int as sessions from pg_stat_activity
where application_name = $1 and usename = current_user and pid <> pg_backend_pid()`
