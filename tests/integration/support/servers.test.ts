import { Client } from 'pg'
import { expect, inject, test } from 'vitest'
import { createDatabase, createRecord } from '../../support/test-database.ts'

async function tablesOf(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const found = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    )
    return found.rows.map((row) => row.name)
  } finally {
    await client.end()
  }
}

test('a new database is empty and a new record has its tables', async () => {
  const [database, record, other] = await Promise.all([createDatabase(), createRecord(), createRecord()])
  expect(await tablesOf(database)).toEqual([])
  expect(await tablesOf(record)).toContain('job')
  expect(other).not.toBe(record)
})

test('Temporal has the namespace and the search attributes', async () => {
  const reply = await fetch(`${inject('temporalUiUrl')}/api/v1/namespaces/default/search-attributes`)
  expect(await reply.json()).toMatchObject({
    customAttributes: { OrgId: 'INDEXED_VALUE_TYPE_KEYWORD', JobId: 'INDEXED_VALUE_TYPE_KEYWORD' },
  })
})
