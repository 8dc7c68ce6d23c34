import { expect, it } from 'vitest'
import { sampleLine } from '../../testing/sample-job.ts'
import { appended, emptyTail, fieldsText, logTime } from './log-text.ts'

const lines = (...ids: number[]) => ids.map((id) => sampleLine({ id: String(id) }))

it('says times to the millisecond and fields by name', () => {
  expect(logTime('2026-01-01T10:00:02.345Z')).toMatch(/^\d\d:00:02.345$/)
  expect(fieldsText({ tables: 200, schema: 'sales', of: ['a'] })).toBe('tables=200 schema="sales" of=["a"]')
  expect(fieldsText({})).toBe('')
})

it('holds the newest lines and counts what it let go', () => {
  const tail = appended(appended(emptyTail, lines(8, 9), 3), lines(10, 11), 3)
  expect(tail.lines.map(({ id }) => id)).toEqual(['9', '10', '11'])
  expect(tail.dropped).toBe(1)
})

it('takes no line twice', () => {
  const tail = appended(appended(emptyTail, lines(1, 2)), lines(2, 3))
  expect(tail.lines.map(({ id }) => id)).toEqual(['1', '2', '3'])
})
