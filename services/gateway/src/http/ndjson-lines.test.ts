import { expect, test } from 'vitest'
import { ndjsonLines } from './ndjson-lines.ts'

async function linesOf(chunks: (string | Uint8Array)[], maxBytes = 20) {
  const stream = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk)
  })()
  return Array.fromAsync(ndjsonLines(stream, maxBytes))
}

test('lines are put together across chunks, also in the middle of a character', async () => {
  const bytes = Buffer.from('{"a":"ü"}\n{"b":1}')
  const cut = bytes.indexOf(0xc3) + 1
  expect(await linesOf([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual([
    { line: 1, text: '{"a":"ü"}' },
    { line: 2, text: '{"b":1}' },
  ])
})

test('empty lines have a number and are left out', async () => {
  expect(await linesOf(['one\n\n', '  \r\ntwo\n'])).toEqual([
    { line: 1, text: 'one' },
    { line: 4, text: 'two' },
  ])
  expect(await linesOf([])).toEqual([])
})

test('a line that is too long, or no text, costs only itself', async () => {
  const long = 'x'.repeat(9)
  expect(await linesOf(['a\n', long, long, long, '\nb\n', Uint8Array.of(0xff, 10), 'c'])).toEqual([
    { line: 1, text: 'a' },
    { line: 2, problem: 'is longer than 20 bytes' },
    { line: 3, text: 'b' },
    { line: 4, problem: 'is not UTF-8' },
    { line: 5, text: 'c' },
  ])
})
