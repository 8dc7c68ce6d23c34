import { expect, test } from 'vitest'
import { zCreateConnection, zUpdateConnection } from './connections.ts'

const connection = {
  name: 'Shop',
  kind: 'postgres',
  settings: { host: 'db.example.org', database: 'shop', user: 'reader' },
  credentials: { password: 'x' },
}

test('a new connection gets the defaults of its kind', () => {
  expect(zCreateConnection.parse(connection)).toMatchObject({
    settings: { port: 5432, sslMode: 'prefer' },
    maxConcurrentJobs: 4,
  })
})

test('a change sets nothing that it does not name', () => {
  expect(zUpdateConnection.parse({ settings: { user: 'other' } })).toEqual({ settings: { user: 'other' } })
})

test.each([
  { settings: { ...connection.settings, port: 70_000 } },
  { settings: { ...connection.settings, host: 'postgres://ann:secret@db/orders' } },
  { settings: { ...connection.settings, host: 'ann:secret@db' } },
  { settings: { ...connection.settings, host: 'one,two' } },
  { settings: { ...connection.settings, sslMode: 'maybe' } },
  { credentials: {} },
  { kind: 'abacus' },
  { maxConcurrentJobs: 0 },
])('%j is refused', (wrong) => {
  expect(zCreateConnection.safeParse({ ...connection, ...wrong }).success).toBe(false)
})
