import { expect, test } from 'vitest'
import { allItems, type Cursor, type Page } from './cursor-pages.ts'

/** Three pages of two; tells which cursors were asked for. */
function pagesOfTwo() {
  const asked: Cursor[] = []
  const load = async (cursor: Cursor): Promise<Page<number>> => {
    asked.push(cursor)
    const from = Number(cursor ?? 0)
    return { items: [from, from + 1], nextCursor: from + 2 < 6 ? String(from + 2) : null }
  }
  return { asked, load }
}

test('reads to the last page', async () => {
  const { asked, load } = pagesOfTwo()
  expect(await allItems(load)).toEqual({ items: [0, 1, 2, 3, 4, 5], complete: true })
  expect(asked).toEqual([undefined, '2', '4'])
})

test('stops where enough is read, and says that there is more', async () => {
  const { asked, load } = pagesOfTwo()
  expect(await allItems(load, 3)).toEqual({ items: [0, 1, 2, 3], complete: false })
  expect(asked).toEqual([undefined, '2'])
})
