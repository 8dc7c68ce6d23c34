import { describe, expect, it } from 'vitest'
import { wayPath } from './flow-way.tsx'
import { layeredLayout } from './layered-layout.ts'
import { nodeGapPx, type LayoutEdge } from './layout.ts'
import { placeInOrder } from './place-in-order.ts'

const box = (id: string, height = 40) => ({ id, width: 200, height })
const edge = (way: string): LayoutEdge => ({ from: way[0] ?? '', to: way[1] ?? '' })
const laidOut = (ids: string, ways: string[], heights: Record<string, number> = {}) =>
  layeredLayout(
    ids.split('').map((id) => box(id, heights[id])),
    ways.map(edge),
  )
const placed = (...how: Parameters<typeof laidOut>) => laidOut(...how).positions

describe('layeredLayout', () => {
  it('puts what flows into another to its left', () => {
    const at = placed('abc', ['ab', 'bc', 'ac'])
    const x = (id: string) => at.get(id)?.x ?? Number.NaN
    expect(x('a')).toBeLessThan(x('b'))
    expect(x('b')).toBeLessThan(x('c'))
  })

  it('puts what only gives close to what it gives to', () => {
    const at = placed('abcd', ['ab', 'bc', 'dc'])
    expect(at.get('d')?.x).toBe(at.get('b')?.x)
  })

  it('bears circles and edges of a node to itself', () => {
    const at = placed('abc', ['ab', 'bc', 'ca', 'aa'])
    expect(at.size).toBe(3)
    expect([...at.values()].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
  })

  it('lets nothing overlap, however high', () => {
    const heights = { b: 300, c: 40, d: 120 }
    const at = placed('abcde', ['ab', 'ac', 'ad', 'be', 'ce', 'de'], heights)
    const column = (['b', 'c', 'd'] as const)
      .map((id) => ({ y: at.get(id)?.y ?? 0, height: heights[id] }))
      .toSorted((p, q) => p.y - q.y)
    for (const [index, { y, height }] of column.slice(0, -1).entries()) {
      expect(column[index + 1]?.y).toBeGreaterThanOrEqual(y + height + nodeGapPx - 1e-6)
    }
  })

  it('gives an edge that passes layers a way that crosses no node', () => {
    const { positions, ways } = laidOut('abcd', ['ab', 'bc', 'cd', 'ad', 'ac'])
    expect([...ways.keys()]).toEqual(['a>d', 'a>c'])
    for (const { x, y } of ways.get('a>d') ?? []) {
      const inTheWay = [...positions.values()].filter((at) => at.x === x && y > at.y && y < at.y + 40)
      expect(inTheWay).toEqual([])
    }
    expect(ways.get('a>d')?.[0]).toEqual(ways.get('a>c')?.[0])
  })

  it('keeps parts apart that nothing connects', () => {
    const at = placed('abcdxy', ['ab', 'cd'])
    const spots = new Set([...at.values()].map(({ x, y }) => `${x} ${y}`))
    expect(spots.size).toBe(6)
  })

  it('places nothing of nothing, and a long chain', () => {
    expect(placed('', []).size).toBe(0)
    const ids = Array.from({ length: 500 }, (_, index) => String(index))
    const chain = ids.slice(1).map((to, index) => ({ from: String(index), to }))
    const at = layeredLayout(
      ids.map((id) => box(id)),
      chain,
    ).positions
    expect(at.get('499')?.x).toBeGreaterThan(at.get('498')?.x ?? 0)
  })
})

it('placeInOrder moves nothing farther than it must', () => {
  const middles = new Map<string, number>()
  const slot = (id: string) => ({ id, height: 50 })
  placeInOrder([slot('a'), slot('b'), slot('c')], [100, 100, 500], middles)
  expect([...middles]).toEqual([
    ['a', 75],
    ['b', 125],
    ['c', 500],
  ])
})

it('wayPath curves between the layers and is straight in them', () => {
  expect(wayPath({ x: 0, y: 0 }, [{ x: 10, y: 6, width: 20 }], { x: 40, y: 0 })).toBe(
    'M0,0C5,0 5,6 10,6L30,6C35,6 35,0 40,0',
  )
})
