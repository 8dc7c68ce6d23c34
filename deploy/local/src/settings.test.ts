import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'
import { StartError } from './start-error.ts'

const checkout = resolve(import.meta.dirname, '../../..')

test('without any setting everything is embedded, on the default ports, in .local of the checkout', () => {
  const settings = readSettings([], { PLUMBLINE_TEMPORAL_CLI: 'temporal' })
  expect(settings).toMatchObject({ checkout, home: resolve(checkout, '.local'), temporalCli: 'temporal', open: true })
  expect(settings?.ports.page).toMatchObject({ preferred: 7878, explicit: false })
  expect(settings).toMatchObject({ databaseUrl: undefined, connect: undefined })
})

test('a port that is set is explicit, an empty variable is not set', () => {
  const settings = readSettings([], {
    PLUMBLINE_PORT: '9000',
    PLUMBLINE_POSTGRES_PORT: '',
    PLUMBLINE_HOME: '/srv/home',
  })
  expect(settings?.ports.page).toMatchObject({ preferred: 9000, explicit: true })
  expect(settings?.ports.postgres).toMatchObject({ explicit: false })
  expect(settings?.home).toBe('/srv/home')
})

test.each([
  ['PLUMBLINE_PORT', 'eighty'],
  ['PLUMBLINE_TEMPORAL_PORT', '70000'],
  ['DATABASE_URL', 'mysql://user:s3cret@host/db'],
])('a wrong %s is named, its value is not repeated', (name, value) => {
  expect(() => readSettings([], { [name]: value })).toThrow(StartError)
  expect(() => readSettings([], { [name]: value })).toThrow(name)
  expect(() => readSettings([], { [name]: value })).not.toThrow('s3cret')
})

test('--help asks for the usage only, an unknown option is refused with it', () => {
  expect(readSettings(['--help'], {})).toBeUndefined()
  expect(() => readSettings(['--conect', 'postgres://a:s3cret@b/c'], {})).toThrow('Unknown or incomplete option.')
})
