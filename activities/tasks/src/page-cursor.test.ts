import { expect, test } from 'vitest'
import { readCursor, writeCursor } from './page-cursor.ts'

test('reads what it wrote', () => {
  const cursor = { after: 'a1', done: 7, skipped: 2 }
  expect(readCursor(writeCursor(cursor))).toEqual(cursor)
})

test('begins at the start without one, and before the first page', () => {
  const start = { after: undefined, done: 0, skipped: 0 }
  expect(readCursor(undefined)).toEqual(start)
  expect(readCursor(writeCursor(start))).toEqual(start)
})
