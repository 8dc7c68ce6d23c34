import { expect, test } from 'vitest'
import { z } from 'zod'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'

const zKey = z.tuple([z.number(), z.string()])
const list = { status: ['failed'], sort: 'createdAt' }

test('a cursor gives back its key under the same filter', () => {
  expect(decodeCursor(encodeCursor(list, [17, 'a']), list, zKey)).toEqual([17, 'a'])
  expect(decodeCursor(undefined, list, zKey)).toBeUndefined()
})

test('a cursor of another filter is refused', () => {
  const cursor = encodeCursor(list, [17, 'a'])
  expect(() => decodeCursor(cursor, { ...list, status: ['running'] }, zKey)).toThrow('belongs to another filter')
})

test.each(['', 'rubbish', '!!', Buffer.from('null').toString('base64url'), Buffer.from('[1,2]').toString('base64url')])(
  'the damaged cursor %j is refused',
  (cursor) => {
    expect(() => decodeCursor(cursor, list, zKey)).toThrow('is not a cursor of this list')
  },
)

test('a cursor that was forged with what cannot be stored is refused', () => {
  const forged = encodeCursor(list, [17, 'a\u0000'])
  expect(() => decodeCursor(forged, list, zKey)).toThrow('is not a cursor of this list')
})

test('a page ends with a cursor only where another row follows', () => {
  const page = (rows: number[]) =>
    pageOf(
      rows,
      2,
      (row) => row * 10,
      (row) => `after ${row}`,
    )
  expect(page([1, 2, 3])).toEqual({ items: [10, 20], nextCursor: 'after 2' })
  expect(page([1, 2])).toEqual({ items: [10, 20], nextCursor: null })
  expect(page([])).toEqual({ items: [], nextCursor: null })
})
