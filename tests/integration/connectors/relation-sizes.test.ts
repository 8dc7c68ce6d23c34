import { beforeAll, expect, test } from 'vitest'
import { ownPostgres } from '../../support/own-postgres.ts'
import { createDatabase } from '../../support/test-database.ts'
import { connectTo, execute, relationRefs, targetOf, withSession } from './source-database.ts'

const parted = (autovacuum: string) => `
  create table parted (at date, kind int) partition by range (at);
  create table p1 partition of parted for values from ('2026-01-01') to ('2026-02-01') with (autovacuum_enabled = ${autovacuum});
  create table p2 partition of parted for values from ('2026-02-01') to ('2026-03-01') with (autovacuum_enabled = ${autovacuum});
  insert into parted select date '2026-01-01' + n % 59, n % 7 from generate_series(1, 1000) n;`

let url: string
beforeAll(async () => {
  url = await createDatabase()
  await execute(
    url,
    `create table plain (id int, kind int) with (autovacuum_enabled = false);
     insert into plain select n, n % 7 from generate_series(1, 1000) n;
     ${parted('false')}`,
  )
  await execute(url, 'analyze plain, parted')
})

async function rowsOf(database: string, statement: string): Promise<number | null> {
  await using owner = await connectTo(database)
  return (await owner.client.query(statement)).rowCount
}

/** What is known of the different values of `kind`. */
async function kindsOf(name: string, of = url): Promise<number | undefined> {
  await using owner = await connectTo(of)
  const { rows } = await owner.client.query<{ oid: number }>('select $1::regclass::oid as oid', [name])
  const ids = rows.map(({ oid }) => `r:${oid}`)
  const [size] = await withSession(targetOf(of), (session) => session.relationSizes(relationRefs(ids)))
  return size?.distinct['kind']
}

test.each([
  ['plain', 'insert into plain select n, n from generate_series(1, 500) n'],
  ['parted', `insert into parted select date '2026-01-01', n from generate_series(1, 500) n`],
])('%s: different values are given while little has changed since they were counted', async (name, insert) => {
  // The server adds up what a session wrote a moment after it has ended.
  await expect.poll(() => kindsOf(name), { timeout: 10_000 }).toBe(7)
  await execute(url, insert)
  await expect.poll(() => kindsOf(name), { timeout: 10_000 }).toBeUndefined()
})

test('a partition that autovacuum counted after its table hides how much of the table has changed', async () => {
  const server = await ownPostgres()
  try {
    await execute(server.url, `alter system set autovacuum_naptime = '1s'`)
    await execute(server.url, 'select pg_reload_conf()')
    await execute(server.url, parted('true'))
    await execute(server.url, 'analyze parted')
    expect(await kindsOf('parted', server.url)).toBe(7)
    await execute(server.url, `insert into parted select date '2026-02-01', n from generate_series(1, 1000) n`)
    const counted = `select last_autoanalyze from pg_stat_user_tables where relname = 'p2' and last_autoanalyze is not null`
    await expect.poll(() => rowsOf(server.url, counted), { timeout: 60_000 }).toBe(1)
    expect(await kindsOf('parted', server.url)).toBeUndefined()
  } finally {
    await server.remove()
  }
}, 90_000)
