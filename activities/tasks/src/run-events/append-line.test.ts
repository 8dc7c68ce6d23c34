import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendLine } from './append-line.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-lines-'))
  file = join(folder, 'events')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('the file is made when it is missing, and lines follow each other', async () => {
  await appendLine(file, 'one')
  await appendLine(file, 'two')
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n')
})

test('what a crash left of a line is a line of its own', async () => {
  writeFileSync(file, 'one\n{"eve')
  await appendLine(file, 'two')
  expect(readFileSync(file, 'utf8')).toBe('one\n{"eve\ntwo\n')
})

test('a folder that is missing is an error', async () => {
  await expect(appendLine(join(folder, 'missing', 'events'), 'one')).rejects.toThrow('ENOENT')
})
