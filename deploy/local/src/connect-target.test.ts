import { expect, test } from 'vitest'
import { parseTarget } from './connect-target.ts'

test('an address becomes a connection, with its escapes resolved', () => {
  expect(parseTarget('postgres://ada:p%40ss%2Fword@db.example:6543/orders?sslmode=require')).toEqual({
    name: 'orders on db.example:6543',
    kind: 'postgres',
    settings: { host: 'db.example', port: 6543, database: 'orders', user: 'ada', sslMode: 'require' },
    credentials: { password: 'p@ss/word' },
  })
})

test('port, database, password and TLS have the defaults of libpq', () => {
  expect(parseTarget('postgresql://ada@[::1]')).toEqual({
    name: 'ada on ::1:5432',
    kind: 'postgres',
    settings: { host: '::1', port: 5432, database: 'ada', user: 'ada', sslMode: 'prefer' },
    credentials: { password: '' },
  })
  expect(parseTarget('postgres://ada@h/d?sslmode=allow').settings.sslMode).toBe('prefer')
})

test.each([
  ['mysql://ada:s3cret@h/d', 'needs the address of a Postgres database'],
  ['ada:s3cret', 'needs the address of a Postgres database'],
  ['postgres://:s3cret@h/d', 'lacks a host or a user'],
  ['postgres://ada:s3cret%zz@h/d', 'a % that is not an escape'],
  ['postgres://ada:s3cret@h/d?sslmode=maybe', 'does not know sslmode=maybe'],
])('%s is refused without repeating it', (address, why) => {
  expect(() => parseTarget(address)).toThrow(why)
  expect(() => parseTarget(address)).not.toThrow('s3cret')
})
