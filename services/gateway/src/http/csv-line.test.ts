import { expect, test } from 'vitest'
import { csvLine } from './csv-line.ts'

test('a record is quoted where RFC 4180 asks for it', () => {
  expect(csvLine(['plain', 'with, comma', 'with "quotes"', 'two\nlines', 7, null])).toBe(
    'plain,"with, comma","with ""quotes""","two\nlines",7,\r\n',
  )
})

test.each(['=1+1', '+1', '-1', '@sum', '\tx'])('%j is no formula in a sheet', (text) => {
  expect(csvLine([text])).toBe(`'${text}\r\n`)
})
