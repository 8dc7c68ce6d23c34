import type { KeyDocument } from '@plumbline/workflows'
import { relationDocument } from '@plumbline/workflows/testing/relation-document'
import { expect, test } from 'vitest'
import { foreignKeyEdges, resolveQuery, type QueryLineage } from './resolve-lineage.ts'

const relation = (names: string[], keys: KeyDocument[] = []) => relationDocument(names, { keys })

test('values flow by the names the columns have now, also of a renamed view column', () => {
  const view = { externalId: 'r:9', document: relation(['order_id', 'buyer']) }
  const documents = new Map([
    ['r:1', relation(['id', 'customer_id'])],
    ['r:2', relation(['id', 'email'])],
  ])
  const query: QueryLineage = {
    outputs: [
      { name: 'id', attnum: 1, sources: [{ externalId: 'r:1', attnum: 1 }] },
      { name: 'mail', attnum: 2, sources: [{ externalId: 'r:2', attnum: 2 }] },
    ],
    reads: [
      { externalId: 'r:1', attnum: 2 },
      { externalId: 'r:2', attnum: null },
    ],
  }
  expect(resolveQuery(view, query, documents)).toEqual({
    unresolved: 0,
    edges: [
      {
        from: 'r:1',
        to: 'r:9',
        evidence: 'view',
        columns: [{ from: 'id', to: 'order_id' }],
        indirect: ['customer_id'],
        sql: null,
      },
      { from: 'r:2', to: 'r:9', evidence: 'view', columns: [{ from: 'email', to: 'buyer' }], indirect: [], sql: null },
    ],
  })
})

test('what is read only to choose rows is an edge without columns; what is not in the catalog is counted', () => {
  const view = { externalId: 'r:9', document: relation(['x']) }
  const query: QueryLineage = {
    outputs: [{ name: 'x', attnum: 1, sources: [] }],
    reads: [
      { externalId: 'r:1', attnum: 1 },
      { externalId: 'r:404', attnum: 1 },
      { externalId: 'r:9', attnum: 1 },
    ],
  }
  expect(resolveQuery(view, query, new Map([['r:1', relation(['id'])]]))).toEqual({
    unresolved: 1,
    edges: [{ from: 'r:1', to: 'r:9', evidence: 'view', columns: [], indirect: ['id'], sql: null }],
  })
})

test('keys between the same tables become one edge, from the referenced table; one to itself is none', () => {
  const key = (name: string, column: string, externalId: string): KeyDocument => ({
    kind: 'foreign',
    name,
    columns: [column],
    definition: `FOREIGN KEY (${column})`,
    references: { externalId, columns: ['id'] },
  })
  const orders = relation(
    ['billing', 'shipping', 'parent'],
    [key('a', 'billing', 'r:1'), key('b', 'shipping', 'r:1'), key('c', 'parent', 'r:5')],
  )
  expect(foreignKeyEdges({ externalId: 'r:5', document: orders })).toEqual([
    {
      from: 'r:1',
      to: 'r:5',
      evidence: 'foreign_key',
      columns: [
        { from: 'id', to: 'billing' },
        { from: 'id', to: 'shipping' },
      ],
      indirect: [],
      sql: 'FOREIGN KEY (billing)\nFOREIGN KEY (shipping)',
    },
  ])
})
