import { describe, expect, it } from 'vitest'
import { flowElements } from './flow-elements.ts'
import { columnsInFlow, drawnNodes, placeNodes } from './lineage-layout.ts'
import { pointKey, traceColumn } from './trace-column.ts'
import type { Lineage } from '@plumbline/api'

const node = (id: string, columns: string[] = []): Lineage['nodes'][number] => ({
  id,
  kind: 'table',
  name: id,
  qualifiedName: `shop.public.${id}`,
  connectionId: 'c',
  database: 'shop',
  removedAt: null,
  columns,
})
const edge = (from: string, to: string, pairs: [string, string][] = []): Lineage['edges'][number] => ({
  from,
  to,
  evidence: 'view',
  sql: null,
  columns: pairs.map(([source, target]) => ({ from: source, to: target })),
  lastSeenAt: '2026-01-01T00:00:00.000Z',
})
const lineage: Lineage = {
  nodes: [node('a', ['id', 'name', 'unused']), node('b', ['id', 'label']), node('c', ['label']), node('alone')],
  edges: [
    edge('a', 'b', [
      ['id', 'id'],
      ['name', 'label'],
    ]),
    edge('b', 'c', [['label', 'label']]),
  ],
  truncated: false,
}

describe('placeNodes', () => {
  it('puts what flows into another to its left', () => {
    const x = new Map(placeNodes(lineage, false, 'b').map((placed) => [placed.node.id, placed.x]))
    expect(x.get('a')).toBeLessThan(x.get('b') ?? 0)
    expect(x.get('b')).toBeLessThan(x.get('c') ?? 0)
  })

  it('leaves out what nothing flows through, but never the asset itself', () => {
    expect(drawnNodes(lineage, 'a').map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(drawnNodes(lineage, 'alone').map(({ id }) => id)).toContain('alone')
  })

  it('makes room for the columns, which never overlap', () => {
    const placed = placeNodes(lineage, true, 'b')
    const height = (id: string) => placed.find((one) => one.node.id === id)?.height ?? 0
    expect(height('a')).toBeGreaterThan(height('c'))
    expect(placed.find((one) => one.node.id === 'a')?.columns).toEqual(['id', 'name'])
  })

  it('bears cycles and edges to itself', () => {
    const cyclic = { ...lineage, edges: [...lineage.edges, edge('c', 'a'), edge('a', 'a')] }
    expect(placeNodes(cyclic, false, 'a')).toHaveLength(3)
  })
})

it('shows the columns that take part, in the order of the table', () => {
  expect(columnsInFlow(lineage).get('b')).toEqual(['id', 'label'])
  expect(columnsInFlow(lineage).get('alone')).toEqual([])
})

describe('traceColumn', () => {
  const key = (assetId: string, column: string) => pointKey({ assetId, column })

  it('follows values up and down, and does not come back another way', () => {
    expect(traceColumn(lineage, { assetId: 'b', column: 'label' })).toEqual(
      new Set([key('b', 'label'), key('a', 'name'), key('c', 'label')]),
    )
    expect(traceColumn(lineage, { assetId: 'a', column: 'id' })).toEqual(new Set([key('a', 'id'), key('b', 'id')]))
  })

  it('ends in a cycle', () => {
    const cyclic = { ...lineage, edges: [edge('a', 'b', [['id', 'id']]), edge('b', 'a', [['id', 'id']])] }
    expect(traceColumn(cyclic, { assetId: 'a', column: 'id' }).size).toBe(2)
  })
})

describe('flowElements', () => {
  it('draws one edge a pair of tables, or one a pair of columns', () => {
    const tables = flowElements(lineage, { rootId: 'a', columns: false, traced: null })
    expect(tables.edges.map(({ source, target }) => `${source}>${target}`)).toEqual(['a>b', 'b>c'])
    const columns = flowElements(lineage, { rootId: 'a', columns: true, traced: null })
    expect(columns.edges).toHaveLength(3)
    expect(columns.edges[1]).toMatchObject({ sourceHandle: 'out:name', targetHandle: 'in:label' })
  })

  it('fades what is not on the trace', () => {
    const traced = traceColumn(lineage, { assetId: 'a', column: 'id' })
    const { edges } = flowElements(lineage, { rootId: 'a', columns: true, traced })
    expect(edges.map(({ className }) => className)).toEqual(['traced', 'dimmed', 'dimmed'])
  })
})
