import { describe, expect, it } from 'vitest'
import { createInput, emptyForm, formOf, updateInput, type ConnectionForm } from './connection-form-state.ts'
import { leastPrivilegeSql } from './least-privilege-sql.ts'
import { parsePostgresUrl } from './postgres-url.ts'
import type { Connection } from '@plumbline/api'

describe('parsePostgresUrl', () => {
  it('fills every field it speaks of', () => {
    expect(parsePostgresUrl(' postgresql://ada:p%40ss%2F@db.example.com:6432/shop?sslmode=require ')).toEqual({
      host: 'db.example.com',
      port: 6432,
      database: 'shop',
      user: 'ada',
      password: 'p@ss/',
      sslMode: 'require',
    })
  })

  it('leaves alone what is missing', () => {
    expect(parsePostgresUrl('postgres://db.example.com')).toEqual({ host: 'db.example.com' })
    expect(parsePostgresUrl('postgres://[::1]:5432/a?sslmode=odd')).toEqual({ host: '::1', port: 5432, database: 'a' })
  })

  it.each(['db.example.com', 'https://db.example.com', 'postgres://a:99999999/b', 'postgres://u%:x@h/b'])(
    'does not take %s for one',
    (text) => expect(parsePostgresUrl(text)).toBeNull(),
  )
})

const form: ConnectionForm = { ...emptyForm, host: ' db ', database: 'shop', user: 'ada', password: 'secret' }

describe('form', () => {
  it('names a connection after what it leads to', () => {
    expect(createInput(form)).toEqual({
      name: 'shop on db',
      kind: 'postgres',
      settings: { host: 'db', port: 5432, database: 'shop', user: 'ada', sslMode: 'prefer' },
      credentials: { password: 'secret' },
      maxConcurrentJobs: 4,
    })
  })

  it('keeps the stored password when none is typed', () => {
    expect(updateInput({ ...form, name: 'Shop', password: '' }).credentials).toBeUndefined()
    expect(updateInput({ ...form, name: 'Shop' }).credentials).toEqual({ password: 'secret' })
  })

  it('shows what is stored, never a password', () => {
    const stored: Connection = {
      id: 'c',
      name: 'Shop',
      kind: 'postgres',
      settings: { host: 'db', port: 6432, database: 'shop', user: 'ada', sslMode: 'verify-full' },
      maxConcurrentJobs: 2,
      paused: false,
      rootAssetId: 'a',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    }
    expect(formOf(stored)).toEqual({
      name: 'Shop',
      host: 'db',
      port: 6432,
      database: 'shop',
      user: 'ada',
      password: '',
      sslMode: 'verify-full',
      sslRootCertificate: '',
      sslCertificate: '',
      sslKey: '',
      maxConcurrentJobs: 2,
    })
  })

  it('sends certificates that are there, takes away those that were emptied, and keeps a key that is not typed', () => {
    const own = { ...form, sslRootCertificate: ' root\n', sslKey: 'key' }
    expect(createInput(own)).toMatchObject({ settings: { sslRootCertificate: 'root' }, credentials: { sslKey: 'key' } })
    expect(createInput(form).settings).not.toHaveProperty('sslRootCertificate')
    expect(updateInput({ ...own, sslKey: '', password: '' })).toMatchObject({
      settings: { sslRootCertificate: 'root', sslCertificate: null },
    })
    expect(updateInput({ ...own, sslKey: '', password: '' })).not.toHaveProperty('credentials')
  })
})

describe('leastPrivilegeSql', () => {
  it('is for the role and database that are typed', () => {
    const sql = leastPrivilegeSql({ user: 'reader', database: 'Shop "EU"' })
    expect(sql).toContain('create role reader login')
    expect(sql).toContain('grant connect on database "Shop ""EU""" to reader;')
  })

  it('has names to begin with', () => {
    expect(leastPrivilegeSql({ user: '', database: '' })).toContain('to plumbline;')
  })
})
