import { describe, expect, it } from 'vitest'
import { drawnGraph } from './drawn-graph.ts'
import { flowEdges, flowNodes, markedNodes, mostColumnEdges } from './flow-elements.ts'
import { findNodes, stepFrom } from './graph-steps.ts'
import { sampleEdge, sampleLineage, sampleNode } from './testing/sample-lineage.ts'
import { traceColumn } from './trace-column.ts'

const lineage = sampleLineage(
  [
    sampleNode('s.a', ['id', 'name']),
    sampleNode('s.b', ['id', 'label']),
    sampleNode('s.c', ['label']),
    sampleNode('t.d'),
  ],
  [
    sampleEdge('s.a', 's.b', [
      ['id', 'id'],
      ['name', 'label'],
    ]),
    sampleEdge('s.b', 's.c', [['label', 'label']], { indirect: ['id'] }),
    sampleEdge('s.a', 't.d', [], { evidence: 'foreign_key', faded: true }),
  ],
)
const graphOf = (columns: boolean) =>
  drawnGraph(lineage, { rootId: 's.a', columns, collapsed: new Set(), unfolded: new Set() })
const positions = new Map([
  ['s.a', { x: 0, y: 0 }],
  ['s.b', { x: 300, y: 0 }],
  ['t.d', { x: 300, y: 100 }],
  ['s.c', { x: 600, y: 0 }],
])
const ways = new Map([['s.a>t.d', [{ x: 1, y: 2, width: 3 }]]])
const ids = (edges: { id: string }[]) => edges.map(({ id }) => id)

describe('flowEdges', () => {
  it('draws one edge a pair of relations, or one a pair of columns', () => {
    expect(ids(flowEdges(graphOf(false), { columns: false, current: null, trace: null, ways }))).toEqual([
      's.a>s.b',
      's.b>s.c',
      's.a>t.d',
    ])
    const columns = flowEdges(graphOf(true), { columns: true, current: null, trace: null, ways })
    expect(ids(columns)).toEqual(['s.a>s.b:id:id:', 's.a>s.b:name:label:', 's.b>s.c:label:label:', 's.a>t.d'])
    expect(columns[1]).toMatchObject({ sourceHandle: 'out:name', targetHandle: 'in:label' })
    expect(columns[3]?.className).toBe('key faded')
  })

  it('lights what is followed, and dots where it only decides rows', () => {
    const trace = traceColumn(lineage, { assetId: 's.a', column: 'id' })
    const edges = flowEdges(graphOf(true), { columns: true, current: null, trace, ways })
    expect(
      edges.filter(({ className }) => className?.includes('lit')).map(({ id, className }) => `${id} ${className}`),
    ).toEqual(['s.a>s.b:id:id: lit', 's.b>s.c:id::rows rows lit'])
  })

  it('draws of very many column pairs only those of the chosen node', () => {
    const columns = Array.from({ length: mostColumnEdges + 1 }, (_, index) => `c${index}`)
    const wide = sampleLineage(
      [sampleNode('s.a', columns), sampleNode('s.b', columns), sampleNode('s.c', ['c0'])],
      [
        sampleEdge(
          's.a',
          's.b',
          columns.map((one) => [one, one]),
        ),
        sampleEdge('s.b', 's.c', [['c0', 'c0']]),
      ],
    )
    const graph = drawnGraph(wide, { rootId: 's.a', columns: true, collapsed: new Set(), unfolded: new Set() })
    expect(ids(flowEdges(graph, { columns: true, current: null, trace: null, ways }))).toEqual(['s.a>s.b', 's.b>s.c'])
    expect(ids(flowEdges(graph, { columns: true, current: 's.c', trace: null, ways }))).toEqual([
      's.a>s.b',
      's.b>s.c:c0:c0:',
    ])
  })
})

it('nodes that are neither chosen nor followed stay the same objects', () => {
  const nodes = flowNodes(graphOf(true), 's.a', positions)
  const trace = traceColumn(lineage, { assetId: 's.b', column: 'label' })
  const marked = markedNodes(nodes, 't.d', trace)
  expect(marked.map((node, index) => node === nodes[index])).toEqual([false, false, false, false])
  expect(markedNodes(nodes, 's.c', null).map((node, index) => node === nodes[index])).toEqual([true, true, false, true])
  expect(marked.map(({ className, selected }) => `${className} ${selected}`)).toEqual([
    'lit false',
    'lit false',
    'lit false',
    'undefined true',
  ])
})

describe('the keys', () => {
  const step = (from: string, way: Parameters<typeof stepFrom>[1]) => stepFrom(from, way, graphOf(false), positions)

  it('go along the edges to the nearest, and among those above one another', () => {
    expect(step('s.a', 'downstream')).toBe('s.b')
    expect(step('s.c', 'upstream')).toBe('s.b')
    expect(step('s.b', 'below')).toBe('t.d')
    expect(step('t.d', 'above')).toBe('s.b')
    expect([step('s.a', 'upstream'), step('s.a', 'above'), step('gone', 'below')]).toEqual([null, null, null])
  })

  it('find by any part of the name, in the order of the flow', () => {
    expect(findNodes('S.', graphOf(false), positions)).toEqual(['s.a', 's.b', 's.c'])
    expect(findNodes(' ', graphOf(false), positions)).toEqual([])
  })
})
