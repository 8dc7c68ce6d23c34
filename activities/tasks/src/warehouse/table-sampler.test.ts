import { countChecks } from '@plumbline/analysis/values'
import { ConnectorError, type SampleRequest, type Session } from '@plumbline/connectors'
import type { SelectedRelation } from '@plumbline/store'
import type { ColumnType, Counts, ErrorCode, RelationKind } from '@plumbline/workflows'
import { columnDocument, relationDocument } from '@plumbline/workflows/testing/relation-document'
import { expect, test } from 'vitest'
import { tableSampler, type SampleLook } from './table-sampler.ts'

const column = (name: string, type: ColumnType) => columnDocument(1, name, { id: name, type, nativeType: type })

const relation = (name: string, kind: RelationKind = 'table'): SelectedRelation => ({
  assetId: name,
  externalId: `r:${name}`,
  kind,
  schema: 'sales',
  name,
  qualifiedName: `shop.sales.${name}`,
  document: relationDocument([column('mail', 'text'), column('at', 'timestamp')]),
  evidence: null,
})

/** A source in which some tables fail in their own way. */
function source(failing: Record<string, ErrorCode>) {
  const opened: { closed: boolean; requests: SampleRequest[] }[] = []
  const open = async (): Promise<Session> => {
    const state = { closed: false, requests: new Array<SampleRequest>() }
    opened.push(state)
    return {
      describe: () => Promise.resolve({ product: 'Test 1', user: 'reader', details: {} }),
      readCatalog: () => neverRead(),
      readQueries: () => neverRead(),
      readStatements: () => neverRead(),
      observeTables: () => Promise.reject(new Error('nothing is observed here')),
      readNewest: () => Promise.reject(new Error('nothing is observed here')),
      relationSizes: () => neverAsked(),
      measure: () => neverAsked(),
      measureQuery: () => neverAsked(),
      async sample(request) {
        state.requests.push(request)
        const code = failing[request.table]
        if (code) throw new ConnectorError(code, `the row (ann@example.org) of ${request.table}`)
        return request.columns.map(() => ['ann@example.org', 'bob@example.org'])
      },
      async close() {
        state.closed = true
      },
    }
  }
  return { open, opened }
}

async function* neverRead(): AsyncGenerator<never> {}

const look: SampleLook<Record<string, Counts>> = {
  rows: 50,
  types: new Set(['text']),
  without: 'is judged by names only',
  read: async (_relation, columns) =>
    Object.fromEntries(columns.map(({ column: name, values }) => [name, countChecks(values)])),
}

test('keeps counts and masked forms of what has values worth checking, and no value', async () => {
  const { open, opened } = source({})
  const sampler = tableSampler(open, look)
  expect(await sampler.sample(relation('customer'))).toEqual({
    kind: 'read',
    found: { mail: { values: 2, email: 2, wordy: 2, 'form:aaa@aaaaaaa.aaa': 2 } },
  })
  expect(opened[0]?.requests).toEqual([{ schema: 'sales', table: 'customer', columns: ['mail'], rows: 50 }])
  await sampler.close()
  expect(opened.map(({ closed }) => closed)).toEqual([true])
})

test('does not run the query of a view', async () => {
  const { open, opened } = source({})
  expect(await tableSampler(open, look).sample(relation('v', 'view'))).toEqual({ kind: 'nothing' })
  expect(opened).toEqual([])
})

test('passes over a table it may not read, names it, and goes on with a new session', async () => {
  const { open, opened } = source({ secret: 'permission-denied' })
  const sampler = tableSampler(open, look)
  const refused = await sampler.sample(relation('secret'))
  expect(refused).toEqual({
    kind: 'unreadable',
    warning: { code: 'no-select', object: 'shop.sales.secret', message: expect.stringContaining('shop.sales.secret') },
  })
  expect(JSON.stringify(refused)).not.toContain('ann@example.org')
  expect(await sampler.sample(relation('customer'))).toMatchObject({ kind: 'read' })
  expect(opened.map(({ closed }) => closed)).toEqual([true, false])
})

test('fails where the source itself is gone', async () => {
  const sampler = tableSampler(source({ customer: 'connection-lost' }).open, look)
  await expect(sampler.sample(relation('customer'))).rejects.toMatchObject({ code: 'connection-lost' })
})

test('fails where no session can be opened, also for a lack of permission', async () => {
  const refuse = () => Promise.reject(new ConnectorError('permission-denied', 'no connect'))
  await expect(tableSampler(refuse, look).sample(relation('customer'))).rejects.toMatchObject({
    code: 'permission-denied',
  })
})

const neverAsked = () => Promise.reject(new Error('sampling asks for values only'))
