import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimHome, homeFiles, secretIn } from './home.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'plumbline-home-'))
})
afterEach(() => rmSync(home, { recursive: true }))

test('a secret is made once, 32 bytes, for its owner alone', () => {
  const file = homeFiles(home).key
  const secret = secretIn(file)
  expect(Buffer.from(secret, 'base64')).toHaveLength(32)
  expect(secretIn(file)).toBe(secret)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a home is taken and given back', () => {
  const held = claimHome(home)
  held.announce('http://127.0.0.1:1')
  expect(existsSync(homeFiles(home).running)).toBe(true)
  held.release()
  expect(existsSync(homeFiles(home).running)).toBe(false)
})

test('what a killed start left behind is taken over, also when a stranger has its process id', () => {
  writeFileSync(homeFiles(home).running, JSON.stringify({ pid: process.pid, note: 'http://127.0.0.1:1' }))
  expect(() => claimHome(home).release()).not.toThrow()
  writeFileSync(homeFiles(home).running, 'half a')
  expect(() => claimHome(home).release()).not.toThrow()
})
