import { describe, expect, it } from 'vitest'
import { sampleEdge } from './testing/sample-lineage.ts'
import { pointKey, traceColumn } from './trace-column.ts'

const key = (assetId: string, column: string | null) => pointKey({ assetId, column })
const edges = [
  sampleEdge(
    's.a',
    's.b',
    [
      ['id', 'id'],
      ['name', 'label'],
    ],
    { indirect: ['active'] },
  ),
  sampleEdge('s.b', 's.c', [['label', 'label']]),
  sampleEdge('s.b', 's.d', [], { indirect: ['label'] }),
]

describe('traceColumn', () => {
  it('follows values up and down, and does not come back another way', () => {
    const { direct } = traceColumn({ edges }, { assetId: 's.b', column: 'label' })
    expect(direct).toEqual(new Set([key('s.b', 'label'), key('s.a', 'name'), key('s.c', 'label')]))
    expect(traceColumn({ edges }, { assetId: 's.a', column: 'id' }).direct).toEqual(
      new Set([key('s.a', 'id'), key('s.b', 'id')]),
    )
  })

  it('tells apart where rows are decided', () => {
    const { indirect, assets } = traceColumn({ edges }, { assetId: 's.b', column: 'label' })
    expect(indirect).toEqual(new Set([key('s.a', 'active'), key('s.d', null)]))
    expect(assets).toEqual(new Set(['s.a', 's.b', 's.c', 's.d']))
  })

  it('ends in a circle', () => {
    const cyclic = [sampleEdge('s.a', 's.b', [['id', 'id']]), sampleEdge('s.b', 's.a', [['id', 'id']])]
    expect(traceColumn({ edges: cyclic }, { assetId: 's.a', column: 'id' }).direct.size).toBe(2)
  })
})
