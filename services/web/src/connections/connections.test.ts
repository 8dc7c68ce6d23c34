import { describe, expect, it } from 'vitest'
import { connectionKind } from '@plumbline/connectors/kinds'
import {
  changeOf,
  createInput,
  emptyForm,
  fieldsWithErrors,
  formOf,
  shownFields,
  updateInput,
  type ConnectionForm,
} from './connection-form-state.ts'
import type { Connection } from '@plumbline/api'

const { readAddress, roleSql } = connectionKind('postgres')

describe('an address of Postgres', () => {
  it('fills every field it speaks of', () => {
    expect(readAddress(' postgresql://ada:p%40ss%2F@db.example.com:6432/shop?sslmode=require ')).toEqual({
      'settings.host': 'db.example.com',
      'settings.port': '6432',
      'settings.database': 'shop',
      'settings.user': 'ada',
      'credentials.password': 'p@ss/',
      'settings.sslMode': 'require',
    })
  })

  it('leaves alone what is missing', () => {
    expect(readAddress('postgres://db.example.com')).toEqual({ 'settings.host': 'db.example.com' })
    expect(readAddress('postgres://[::1]:5432/a?sslmode=odd')).toEqual({
      'settings.host': '::1',
      'settings.port': '5432',
      'settings.database': 'a',
    })
  })

  it.each(['db.example.com', 'https://db.example.com', 'postgres://a:99999999/b', 'postgres://u%:x@h/b'])(
    'does not take %s for one',
    (text) => expect(readAddress(text)).toBeNull(),
  )
})

const withValues = (form: ConnectionForm, values: Record<string, string>): ConnectionForm => ({
  ...form,
  values: { ...form.values, ...values },
})
const form = withValues(emptyForm('postgres'), {
  'settings.host': ' db ',
  'settings.database': 'shop',
  'settings.user': 'ada',
  'credentials.password': 'secret',
})
const noPassword = withValues(form, { 'credentials.password': '' })

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
    expect(updateInput({ ...noPassword, name: 'Shop' }).credentials).toBeUndefined()
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
      kind: 'postgres',
      name: 'Shop',
      values: {
        'settings.host': 'db',
        'settings.port': '6432',
        'settings.database': 'shop',
        'settings.user': 'ada',
        'settings.sslMode': 'verify-full',
        'settings.sslRootCertificate': '',
        'settings.sslCertificate': '',
        'credentials.password': '',
        'credentials.sslKey': '',
      },
      maxConcurrentJobs: 2,
    })
  })

  it('sends certificates that are there, takes away those that were emptied, and keeps a key that is not typed', () => {
    const own = withValues(form, { 'settings.sslRootCertificate': ' root\n', 'credentials.sslKey': 'key' })
    expect(createInput(own)).toMatchObject({ settings: { sslRootCertificate: 'root' }, credentials: { sslKey: 'key' } })
    expect(createInput(form).settings).not.toHaveProperty('sslRootCertificate')
    const kept = withValues(own, { 'credentials.sslKey': '', 'credentials.password': '' })
    expect(updateInput(kept)).toMatchObject({ settings: { sslRootCertificate: 'root', sslCertificate: null } })
    expect(updateInput(kept)).not.toHaveProperty('credentials')
  })

  it('fills what a pasted address speaks of, and does not keep it to be read', () => {
    const host = shownFields(form).find(({ key }) => key === 'settings.host')
    if (!host) throw new Error('there is no host')
    const { values = {} } = changeOf(form, host, 'postgres://bob:hidden@other:6432/crm')
    expect(values).toMatchObject({ 'settings.host': 'other', 'settings.port': '6432', 'settings.user': 'bob' })
    expect(changeOf(form, host, 'postgr')).toMatchObject({ values: { 'settings.host': 'postgr' } })
  })

  it('shows only what means something beside what is chosen', () => {
    expect(fieldsWithErrors(form)).toContain('settings.sslRootCertificate')
    expect(fieldsWithErrors(withValues(form, { 'settings.sslMode': 'disable' }))).not.toContain('credentials.sslKey')
  })
})

describe('the SQL of a role', () => {
  it('is for the role and database that are typed', () => {
    const sql = roleSql({ user: 'reader', database: 'Shop "EU"' })
    expect(sql).toContain('create role reader login')
    expect(sql).toContain('grant connect on database "Shop ""EU""" to reader;')
  })

  it('has names to begin with', () => {
    expect(roleSql({})).toContain('to plumbline;')
  })
})
