import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

test('there is no language model unless one is set up; its key may come from a file, read when it is needed', () => {
  expect(loadConfig({ ...environment, PLUMBLINE_MODEL_PROVIDER: '', PLUMBLINE_MODEL: '' }).model).toBeUndefined()
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-'))
  const { model } = loadConfig({
    ...environment,
    PLUMBLINE_MODEL_PROVIDER: 'openai-compatible',
    PLUMBLINE_MODEL: 'llama3.1',
    PLUMBLINE_MODEL_BASE_URL: 'http://127.0.0.1:11434/v1',
    PLUMBLINE_MODEL_API_KEY_FILE: join(folder, 'key'),
    PLUMBLINE_MODEL_INPUT_PRICE: '0.15',
  })
  writeFileSync(join(folder, 'key'), 'a key\n')
  expect(model?.apiKey()).toBe('a key')
  expect(model).toMatchObject({ inputPrice: 0.15, outputPrice: 0, concurrency: 4, timeoutMs: 180_000 })
  expect(JSON.stringify(model)).not.toContain('a key')
})

test('alerts go to public addresses, and by mail only where a mail server is set up', () => {
  expect(loadConfig({ ...environment, PLUMBLINE_SMTP_URL: '', PLUMBLINE_PUBLIC_URL: '' }).alerts).toEqual({
    privateAddresses: false,
    publicUrl: undefined,
    mail: undefined,
  })
  const given = {
    PLUMBLINE_ALERTS_PRIVATE_ADDRESSES: 'allow',
    PLUMBLINE_PUBLIC_URL: 'https://plumbline.example/',
    PLUMBLINE_SMTP_URL: 'smtp://127.0.0.1:2525',
    PLUMBLINE_MAIL_FROM: 'plumbline@example.com',
  }
  expect(loadConfig({ ...environment, ...given }).alerts).toEqual({
    privateAddresses: true,
    publicUrl: 'https://plumbline.example',
    mail: { smtpUrl: 'smtp://127.0.0.1:2525', from: 'plumbline@example.com' },
  })
})

test('events of runs go nowhere, to a receiver or to a file', () => {
  const runEventsOf = (given: object) => loadConfig({ ...environment, ...given }).runEvents
  expect(runEventsOf({ PLUMBLINE_OPENLINEAGE_URL: '', PLUMBLINE_OPENLINEAGE_FILE: '' })).toBeUndefined()
  expect(runEventsOf({ PLUMBLINE_OPENLINEAGE_FILE: '/tmp/events' })).toEqual({ kind: 'file', path: '/tmp/events' })
  const receiver = { PLUMBLINE_OPENLINEAGE_URL: 'https://lineage.example', PLUMBLINE_OPENLINEAGE_API_KEY: 'a key' }
  const settings = runEventsOf(receiver)
  expect(settings).toMatchObject({ url: 'https://lineage.example/api/v1/lineage', privateAddresses: false })
  expect(settings?.kind === 'http' && settings.apiKey()).toBe('a key')
  expect(JSON.stringify(settings)).not.toContain('a key')
  expect(runEventsOf({ PLUMBLINE_OPENLINEAGE_URL: 'https://lineage.example/in' })).toMatchObject({
    url: 'https://lineage.example/in',
  })
})

test.each([
  [
    { PLUMBLINE_OPENLINEAGE_URL: 'https://lineage.example', PLUMBLINE_OPENLINEAGE_FILE: '/tmp/events' },
    'PLUMBLINE_OPENLINEAGE_FILE',
  ],
  [{ PLUMBLINE_OPENLINEAGE_URL: 'lineage.example' }, 'PLUMBLINE_OPENLINEAGE_URL'],
  [{ PLUMBLINE_SMTP_URL: 'smtp://127.0.0.1' }, 'PLUMBLINE_MAIL_FROM'],
  [{ PLUMBLINE_SMTP_URL: 'https://127.0.0.1', PLUMBLINE_MAIL_FROM: 'a@b.example' }, 'PLUMBLINE_SMTP_URL'],
  [{ PLUMBLINE_ALERTS_PRIVATE_ADDRESSES: 'yes' }, 'PLUMBLINE_ALERTS_PRIVATE_ADDRESSES'],
  [{ PLUMBLINE_WORKER_ROLE: 'everything' }, 'PLUMBLINE_WORKER_ROLE'],
  [{ DATABASE_URL: 'mysql://127.0.0.1/db' }, 'DATABASE_URL'],
  [{ DATABASE_URL: undefined }, 'DATABASE_URL'],
  [{ PLUMBLINE_MODEL: 'llama3.1' }, 'PLUMBLINE_MODEL_PROVIDER'],
  [{ PLUMBLINE_MODEL_PROVIDER: 'anthropic' }, 'PLUMBLINE_MODEL'],
  [{ PLUMBLINE_MODEL_PROVIDER: 'openai-compatible', PLUMBLINE_MODEL: 'm' }, 'PLUMBLINE_MODEL_BASE_URL'],
  [{ PLUMBLINE_MODEL_CONCURRENCY: 'many' }, 'PLUMBLINE_MODEL_CONCURRENCY'],
  [{ PLUMBLINE_LOG_LEVEL: 'loud' }, 'PLUMBLINE_LOG_LEVEL'],
])('the wrong setting %j is named', (wrong, name) => {
  expect(() => loadConfig({ ...environment, ...wrong })).toThrow(name)
})
