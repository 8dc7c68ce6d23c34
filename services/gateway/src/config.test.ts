import { expect, test } from 'vitest'
import { loadConfig } from './config.ts'

const environment = { DATABASE_URL: 'postgres://plumbline@127.0.0.1/plumbline', TEMPORAL_ADDRESS: '127.0.0.1:7233' }

test('jobs are kept for ever, the rest for a time, unless it is said otherwise', () => {
  expect(loadConfig(environment).retention).toEqual({
    jobs: 0,
    events: 7,
    logs: 90,
    snapshots: 400,
    operations: 90,
    ticks: 90,
    metrics: 800,
    incidents: 400,
  })
  const said = { PLUMBLINE_RETENTION_JOBS_DAYS: '365', PLUMBLINE_RETENTION_EVENTS_DAYS: '0' }
  expect(loadConfig({ ...environment, ...said }).retention).toMatchObject({ jobs: 365, events: 0 })
})

test.each(['-1', '1.5', 'a year'])('%j is not a number of days', (days) => {
  expect(() => loadConfig({ ...environment, PLUMBLINE_RETENTION_LOGS_DAYS: days })).toThrow(
    'PLUMBLINE_RETENTION_LOGS_DAYS',
  )
})

test('questions go to a language model where one is set up, unless they may use no tokens', () => {
  expect(loadConfig(environment).questionModel).toBeUndefined()
  const model = { ...environment, PLUMBLINE_MODEL_PROVIDER: 'anthropic', PLUMBLINE_MODEL: 'claude-sonnet-4-5' }
  expect(loadConfig(model).questionModel).toMatchObject({
    settings: { provider: 'anthropic' },
    tokensPerDay: 1_000_000,
  })
  expect(loadConfig({ ...model, PLUMBLINE_QUESTIONS_TOKENS_PER_DAY: '0' }).questionModel).toBeUndefined()
})
