import type { ConformanceSetup } from '@plumbline/connectors/conformance'
import { createDatabase } from '../../support/test-database.ts'
import { connectTo, execute, executeFile, postgres, rolePassword, targetOf } from './source-database.ts'

/**
 * A database as `describeConnector` wants it.
 *
 * @param reach is told the role, whose password is `rolePassword`, and may lead to the server by another port, as a pooler's
 */
export async function conformingSource(
  reach: (role: string) => Promise<{ port?: number }> = () => Promise.resolve({}),
): Promise<ConformanceSetup> {
  const url = await createDatabase()
  const role = `conform_${new URL(url).pathname.slice(1)}`
  await executeFile(url, 'every-shape.sql')
  await execute(
    url,
    `create role ${role} superuser login password '${rolePassword}';
     create table shop.known (word text); insert into shop.known values ('one'), (null), ('two');
     create view public.slow as select 1 as a from pg_sleep(600)`,
  )
  const target = targetOf(url, { user: role, ...(await reach(role)) })
  return {
    connector: postgres,
    target,
    wrongSecret: { ...target, credentials: { password: 'wrong-and-secret' } },
    unreachable: targetOf(url, { user: role, port: 1 }),
    known: { schema: 'shop', table: 'known', column: 'word', values: ['one', 'two'] },
    slow: { schema: 'public', table: 'slow', column: 'a' },
    statements: async (label) => {
      await using owner = await connectTo(url)
      const { rows } = await owner.client.query(
        `select 1 from pg_stat_activity where state = 'active' and application_name = $1`,
        [label],
      )
      return rows.length
    },
  }
}
