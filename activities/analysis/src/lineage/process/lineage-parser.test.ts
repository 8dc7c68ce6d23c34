import { readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { createLineageParser, type LineageParser } from './lineage-parser.ts'

// What is slow or large here is so on purpose.
vi.setConfig({ testTimeout: 60_000 })

let parser: LineageParser
afterEach(() => parser.close())

const schema = { 'd.u': ['b', 'c'] }
/** A parser that an earlier script has harmed would not answer this. */
async function expectSound(): Promise<void> {
  const { statements, gaveUp } = await parser.lineageOf('INSERT INTO d.t SELECT * FROM d.u', 'bigquery', schema)
  expect(gaveUp).toBeNull()
  expect(statements[0]?.columns.map(({ source, target }) => `${source.column} > ${target.column}`)).toEqual([
    'b > b',
    'c > c',
  ])
}

const repeated = (count: number, text: string): string => text.repeat(count)
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
/** It is not guarded against, because nobody writes it: the parser's stack is overrun. */
const trap = `IF a THEN ${repeated(2_000, 'IF a THEN ')}`

test('scripts are traced in turns, each with its schema', async () => {
  parser = createLineageParser()
  const [one, other] = await Promise.all([
    parser.lineageOf('CREATE TABLE x AS SELECT a FROM t; SELECT * FROM x', 'postgres', {}),
    parser.lineageOf('SELECT * FROM t', 'snowflake', { t: ['q'] }),
  ])
  expect(one.statements.map(({ sources }) => sources)).toEqual([['t'], ['x']])
  expect(other.statements[0]?.columns[0]?.source).toEqual({ table: 't', column: 'q' })
  await expectSound()
})

test('more schemas than a process keeps are sent again', async () => {
  parser = createLineageParser()
  const schemas = Array.from({ length: 6 }, (_, index) => ({ t: [`c${index}`] }))
  for (const round of [0, 1])
    for (const [index, known] of schemas.entries()) {
      const { statements } = await parser.lineageOf('SELECT * FROM t', 'postgres', known)
      expect([round, statements[0]?.columns[0]?.source.column]).toEqual([round, `c${index}`])
    }
})

test('a script that takes too long is given up with what was traced of it', async () => {
  parser = createLineageParser({ limitMs: 1_000 })
  const slow = repeated(500_000, 'SELECT a FROM t;')
  const { statements, gaveUp } = await parser.lineageOf(slow, 'postgres', {})
  expect(gaveUp).toMatchObject({ reason: 'too-slow' })
  expect(statements.every(({ sources }) => sources[0] === 't')).toBe(true)
  await expectSound()
})

test('a statement that breaks the parser costs only itself', async () => {
  parser = createLineageParser()
  const script = `SELECT a FROM t; ${trap}; SELECT b FROM u`
  const { statements, gaveUp } = await parser.lineageOf(script, 'postgres', {})
  expect(gaveUp).toBeNull()
  expect(statements.map(({ sources, failure }) => [sources, failure?.message ?? null])).toEqual([
    [['t'], null],
    [[], 'The statement breaks the parser'],
    [['u'], null],
  ])
  const broken = await parser.lineageOf(Array.from({ length: 4 }, () => trap).join(';'), 'postgres', {})
  expect(broken.gaveUp).toMatchObject({ reason: 'crashed' })
  await expectSound()
})

test('a script that needs more memory than the process has is given up', async () => {
  parser = createLineageParser({ memoryMb: 16, limitMs: 60_000 })
  const wide = `SELECT ${Array.from({ length: 100_000 }, (_, index) => `c${index} AS d${index}`).join()} FROM t`
  expect((await parser.lineageOf(wide, 'postgres', {})).gaveUp).toMatchObject({ reason: 'out-of-memory' })
  await expectSound()
})

test('a parser whose process dies while it waits is replaced with the next script', async () => {
  parser = createLineageParser()
  await expectSound()
  const [child] = childrenOf(process.pid)
  if (child === undefined) throw new Error('there is no process')
  process.kill(child, 'SIGSEGV')
  await vi.waitFor(() => expect(childrenOf(process.pid)).not.toContain(child))
  await expectSound()
})

test('who is closed answers no more', async () => {
  parser = createLineageParser()
  const waiting = parser.lineageOf('SELECT a FROM t', 'postgres', {})
  await Promise.all([expect(waiting).rejects.toThrow('closed'), parser.close()])
  await expect(parser.lineageOf('SELECT 1', 'postgres', {})).rejects.toThrow('closed')
})
