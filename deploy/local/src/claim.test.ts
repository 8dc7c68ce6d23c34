import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claim } from './claim.ts'
import { commandLineOf } from './command-line.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-claim-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what a living start holds is refused with its note', async () => {
  const start = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)', 'deploy/local/src/main.ts'])
  await once(start, 'spawn')
  await expect.poll(() => commandLineOf(start.pid ?? 0)).toContain('main.ts')
  const holder = { pid: start.pid ?? 0, note: 'http://127.0.0.1:7878' }
  writeFileSync(join(folder, 'running.json'), JSON.stringify(holder))
  expect(claim(join(folder, 'running.json'))).toEqual({ kind: 'taken', holder })

  start.kill('SIGKILL')
  await once(start, 'exit')
  expect(claim(join(folder, 'running.json'))).toMatchObject({ kind: 'held' })
})

test('what is given back can be taken again', () => {
  const first = claim(join(folder, 'ports', '7878'))
  if (first.kind === 'held') first.release()
  expect([first.kind, claim(join(folder, 'ports', '7878')).kind]).toEqual(['held', 'held'])
})
