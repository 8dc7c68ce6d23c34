import { describe, expect, it } from 'vitest'
import { treeMove, treeRows, type ChildrenState } from './tree-rows.ts'
import type { Asset } from '@plumbline/api'

const asset = (id: string, kind: Asset['kind'], parentId: string | null): Asset => ({
  id,
  kind,
  name: id,
  qualifiedName: id,
  parentId,
  connectionId: 'c',
  removedAt: null,
  unreadableSince: null,
})
const shop = asset('shop', 'database', null)
const sales = asset('sales', 'schema', 'shop')
const order = asset('order', 'table', 'sales')
const children: Record<string, ChildrenState> = {
  shop: { status: 'success', list: { items: [sales, asset('empty', 'schema', 'shop')], complete: true } },
  sales: { status: 'success', list: { items: [order], complete: false } },
  empty: { status: 'success', list: { items: [], complete: true } },
}
const rowsOf = (...open: string[]) => treeRows([shop], new Set(open), (id) => children[id] ?? { status: 'pending' })
const ids = (rows: ReturnType<typeof rowsOf>) => rows.map(({ id, level }) => `${'-'.repeat(level)}${id}`)

describe('treeRows', () => {
  it('shows what is open, in depth', () => {
    expect(ids(rowsOf())).toEqual(['shop'])
    expect(ids(rowsOf('shop', 'sales', 'empty'))).toEqual([
      'shop',
      '-sales',
      '--order',
      '--sales:more',
      '-empty',
      '--empty:empty',
    ])
  })

  it('asks only for the children of what is open', () => {
    const asked: string[] = []
    treeRows([shop], new Set(['sales']), (id) => {
      asked.push(id)
      return { status: 'pending' }
    })
    expect(asked).toEqual([])
  })

  it('says that it loads, or could not', () => {
    expect(ids(treeRows([shop], new Set(['shop']), () => ({ status: 'pending' })))).toEqual(['shop', '-shop:loading'])
    expect(ids(treeRows([shop], new Set(['shop']), () => ({ status: 'error' })))).toEqual(['shop', '-shop:failed'])
  })
})

describe('treeMove', () => {
  const rows = rowsOf('shop', 'sales', 'empty')

  it.each([
    ['shop', 'ArrowDown', { to: 'sales' }],
    ['order', 'j', { to: 'empty' }],
    ['sales', 'k', { to: 'shop' }],
    ['shop', 'ArrowUp', { to: 'shop' }],
    ['shop', 'End', { to: 'empty' }],
    ['order', 'Home', { to: 'shop' }],
    ['sales', 'ArrowRight', { to: 'order' }],
    ['sales', 'ArrowLeft', { toggle: 'sales' }],
    ['order', 'ArrowLeft', { to: 'sales' }],
    ['order', 'ArrowRight', null],
    ['order', 'x', null],
    [null, 'ArrowDown', { to: 'shop' }],
  ])('from %s with %s', (from, key, expected) => expect(treeMove(rows, from, key)).toEqual(expected))

  it('opens a closed branch', () => {
    expect(treeMove(rowsOf(), 'shop', 'ArrowRight')).toEqual({ toggle: 'shop' })
    expect(treeMove(rowsOf(), 'shop', 'ArrowLeft')).toBeNull()
  })
})
