import { randomBytes } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSealer, SealError } from './seal.ts'

const key = () => randomBytes(32).toString('base64')
const password = 'correct horse'

describe('sealing', () => {
  test('opens what it sealed, and shows nothing of it', () => {
    const sealer = createSealer({ key: key() })
    const sealed = sealer.seal('a', { password })
    expect(sealer.open('a', sealed)).toEqual({ password })
    expect(sealed.toString('latin1')).not.toContain(password)
    expect(sealer.seal('a', { password })).not.toEqual(sealed)
  })

  test('opens for its own connection only', () => {
    const sealer = createSealer({ key: key() })
    expect(() => sealer.open('b', sealer.seal('a', { password }))).toThrow(SealError)
  })

  test('tells another key by its code', () => {
    const sealed = createSealer({ key: key() }).seal('a', { password })
    expect(() => createSealer({ key: key() }).open('a', sealed)).toThrow(
      expect.objectContaining({ code: 'credentials-unreadable', message: expect.stringContaining('another key') }),
    )
  })

  test('refuses what was cut or altered', () => {
    const sealer = createSealer({ key: key() })
    const sealed = sealer.seal('a', { password })
    const altered = Buffer.from(sealed)
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
    for (const wrong of [altered, sealed.subarray(0, 20), Buffer.alloc(0), Buffer.from([9, ...sealed.subarray(1)])]) {
      expect(() => sealer.open('a', wrong)).toThrow(SealError)
    }
  })

  test('refuses a key of another length', () => {
    expect(() => createSealer({ key: 'c2hvcnQ=' })).toThrow('PLUMBLINE_KEY must hold 32 bytes')
    expect(() => createSealer({})).toThrow('A key is missing')
  })
})

describe('with files', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'seal-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('makes a key file for its owner alone, once', () => {
    const keyFile = join(folder, 'made', 'key')
    const sealed = createSealer({ keyFile }).seal('a', { password })
    const made = readFileSync(keyFile, 'utf8')
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
    expect(createSealer({ keyFile }).open('a', sealed)).toEqual({ password })
    expect(readFileSync(keyFile, 'utf8')).toBe(made)
    expect(readdirSync(join(folder, 'made'))).toEqual(['key'])
  })

  test('fetches references when it opens', () => {
    const sealer = createSealer({ key: key(), secretsFolder: folder })
    const path = join(folder, 'secret')
    const sealed = sealer.seal('a', { password: `file:${path}`, token: 'env:SEAL_TEST_TOKEN', plain: 'environment' })
    expect(() => sealer.open('a', sealed)).toThrow(`The file ${path} cannot be read`)
    writeFileSync(path, 'from the file\n')
    expect(() => sealer.open('a', sealed)).toThrow('SEAL_TEST_TOKEN is not set')
    process.env['SEAL_TEST_TOKEN'] = 'from the environment'
    expect(sealer.open('a', sealed)).toEqual({
      password: 'from the file',
      token: 'from the environment',
      plain: 'environment',
    })
    delete process.env['SEAL_TEST_TOKEN']
  })

  test.each(['env:PLUMBLINE_KEY', 'env:DATABASE_URL', 'env:TEMPORAL_API_KEY'])(
    'refuses %s, which is its own',
    (own) => {
      const sealer = createSealer({ key: key() })
      expect(() => sealer.open('a', sealer.seal('a', { password: own }))).toThrow('belongs to Plumbline itself')
    },
  )

  test('reads no file outside of the folder of secrets, no device and nothing large', () => {
    const secretsFolder = join(folder, 'secrets')
    mkdirSync(join(secretsFolder, 'nested'), { recursive: true })
    writeFileSync(join(folder, 'outside'), 'secret')
    writeFileSync(join(secretsFolder, 'large'), Buffer.alloc(70_000))
    symlinkSync(join(folder, 'outside'), join(secretsFolder, 'link'))
    symlinkSync('/dev/zero', join(secretsFolder, 'device'))
    const sealer = createSealer({ key: key(), secretsFolder })
    const open = (path: string) => sealer.open('a', sealer.seal('a', { password: `file:${path}` }))
    for (const path of [join(folder, 'outside'), '../outside', 'link', 'device', '/dev/zero', '/proc/self/environ']) {
      expect(() => open(path)).toThrow('is not below')
    }
    for (const path of ['large', 'nested']) expect(() => open(path)).toThrow('is no file of at most')
    writeFileSync(join(secretsFolder, 'nested', 'password'), 'found\n')
    expect(open('nested/password')).toEqual({ password: 'found' })
  })
})
