import { Client, Connection } from '@temporalio/client'
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import { Client as PostgresClient } from 'pg'
import { expect, inject, test } from 'vitest'
import { createDatabase, createRecord } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'

async function tablesOf(url: string): Promise<string[]> {
  const client = new PostgresClient({ connectionString: url })
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

test('a new namespace takes workflows at once', async () => {
  const namespace = await createNamespace()
  const connection = await Connection.connect({ address: inject('temporalAddress') })
  try {
    const client = new Client({ connection, namespace })
    const started = await client.workflow.start('anything', {
      workflowId: 'first',
      taskQueue: 'nobody',
      typedSearchAttributes: [{ key: defineSearchAttributeKey('JobId', SearchAttributeType.KEYWORD), value: 'first' }],
    })
    expect((await started.describe()).status.name).toBe('RUNNING')
  } finally {
    await connection.close()
  }
})
