import { expect, test } from 'vitest'
import { loadConfig } from './config.ts'

const environment = {
  DATABASE_URL: 'postgres://plumbline@127.0.0.1:5432/plumbline',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
}

test('a worker does everything unless it is given a role', () => {
  expect(loadConfig(environment).role).toBe('all')
  expect(loadConfig({ ...environment, PLUMBLINE_WORKER_ROLE: 'warehouse' }).role).toBe('warehouse')
})

test('Temporal is where its own settings say', () => {
  const { temporal } = loadConfig({ ...environment, TEMPORAL_NAMESPACE: 'data', TEMPORAL_API_KEY: 'key' })
  expect(temporal.connectionOptions.address).toBe('127.0.0.1:7233')
  expect(temporal.namespace).toBe('data')
})

test.each([
  [{ PLUMBLINE_WORKER_ROLE: 'everything' }, 'PLUMBLINE_WORKER_ROLE'],
  [{ DATABASE_URL: 'mysql://127.0.0.1/db' }, 'DATABASE_URL'],
  [{ DATABASE_URL: undefined }, 'DATABASE_URL'],
  [{ PLUMBLINE_LOG_LEVEL: 'loud' }, 'PLUMBLINE_LOG_LEVEL'],
])('the wrong setting %j is named', (wrong, name) => {
  expect(() => loadConfig({ ...environment, ...wrong })).toThrow(name)
})
