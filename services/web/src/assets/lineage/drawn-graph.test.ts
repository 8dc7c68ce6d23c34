import { describe, expect, it } from 'vitest'
import { collapsibleSchemas, columnsInFlow, drawnGraph, drawnNodes, listedColumns, schemaKey } from './drawn-graph.ts'
import { sampleEdge, sampleLineage, sampleNode } from './testing/sample-lineage.ts'

const many = Array.from({ length: 300 }, (_, index) => `c${index}`)
const lineage = sampleLineage(
  [
    sampleNode('raw.a', ['id', 'name', 'unused']),
    sampleNode('raw.b', ['id']),
    sampleNode('core.c', ['label', 'id']),
    sampleNode('core.wide', many),
    sampleNode('core.alone'),
  ],
  [
    sampleEdge('raw.a', 'core.c', [
      ['id', 'id'],
      ['name', 'label'],
    ]),
    sampleEdge('raw.a', 'core.c', [], { evidence: 'query' }),
    sampleEdge('raw.b', 'core.c', [], { indirect: ['id'] }),
    sampleEdge(
      'core.c',
      'core.wide',
      many.map((column) => ['id', column]),
    ),
  ],
)
const options = { rootId: 'raw.a', columns: false, collapsed: new Set<string>(), unfolded: new Set<string>() }

it('leaves out what nothing flows through, but never the asset itself', () => {
  expect(drawnNodes(lineage, 'raw.a').map(({ id }) => id)).not.toContain('core.alone')
  expect(drawnNodes(lineage, 'core.alone').map(({ id }) => id)).toContain('core.alone')
})

it('shows the columns that take part, in the order of the table', () => {
  expect(columnsInFlow(lineage).get('raw.a')).toEqual(['id', 'name'])
  expect(columnsInFlow(lineage).get('raw.b')).toEqual(['id'])
})

describe('drawnGraph', () => {
  it('draws one edge a pair of relations, whatever proves it', () => {
    const { edges } = drawnGraph(lineage, options)
    expect(edges.map(({ id, parts }) => `${id} ${parts.length}`)).toEqual([
      'raw.a>core.c 2',
      'raw.b>core.c 1',
      'core.c>core.wide 1',
    ])
  })

  it('lists a few columns of many, and all where they were asked for', () => {
    const wide = (unfolded: string[]) =>
      drawnGraph(lineage, { ...options, columns: true, unfolded: new Set(unfolded) }).nodes.find(
        ({ id }) => id === 'core.wide',
      )
    expect(wide([])).toMatchObject({ columns: many.slice(0, listedColumns), moreColumns: 300 - listedColumns })
    expect(wide(['core.wide'])).toMatchObject({ columns: many, moreColumns: 0 })
  })

  it('draws a schema as one node with the edges of all in it', () => {
    const raw = schemaKey(sampleNode('raw.a'))
    expect(collapsibleSchemas(lineage, 'raw.a')).toEqual([raw, schemaKey(sampleNode('core.c'))])
    const { nodes, edges } = drawnGraph(lineage, { ...options, collapsed: new Set([raw]) })
    expect(nodes.map(({ id, members }) => `${id} ${members.length}`)).toEqual([`${raw} 2`, 'core.c 1', 'core.wide 1'])
    expect(edges.map(({ fromLabel, toLabel, parts }) => `${fromLabel}>${toLabel} ${parts.length}`)).toEqual([
      'raw>c 3',
      'c>wide 1',
    ])
  })
})
