import { expect, test } from 'vitest'
import { z } from 'zod'
import { zCreateConnection } from './connections.ts'
import { issueText } from './issue-text.ts'
import { zJobListQuery } from './jobs.ts'
import { zBulk } from './operations.ts'

const textsOf = (schema: z.ZodType, value: unknown): string[] =>
  (schema.safeParse(value, { error: issueText }).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )

test.each(['abc', '', ' ', '0', '201', '2.5', '1e30', '1e400', '-1'])('the limit %j says what it may be', (limit) => {
  expect(textsOf(zJobListQuery, { limit })).toEqual(['limit: must be a whole number from 1 to 200'])
})

test.each([
  [{ q: ' ' }, 'q: must not be empty'],
  [{ q: 'x'.repeat(201) }, 'q: must have at most 200 characters'],
  [{ createdAfter: 'yesterday' }, 'createdAfter: must be a time like 2026-03-01T10:00:00Z'],
  [{ tab: 'x' }, 'tab: Invalid option: expected one of "all"|"active"|"completed"|"failed"'],
])('%j in a query says what to give instead', (query, text) => {
  expect(textsOf(zJobListQuery, query)).toEqual([text])
})

const connection = {
  name: 'Shop',
  kind: 'postgres',
  settings: { host: 'db.example.org', database: 'shop', user: 'reader' },
  credentials: { password: 'x' },
}

test.each([
  [{ name: ' ' }, 'name: must not be empty'],
  [{ name: undefined }, 'name: is missing'],
  [{ maxConcurrentJobs: '4' }, 'maxConcurrentJobs: must be a number, without quotes'],
  [{ maxConcurrentJobs: 2.5 }, 'maxConcurrentJobs: must be a whole number'],
  [{ maxConcurrentJobs: 0 }, 'maxConcurrentJobs: must be at least 1'],
  [{ maxConcurrentJobs: 101 }, 'maxConcurrentJobs: must be at most 100'],
])('%j in a body says what to give instead', (wrong, text) => {
  expect(textsOf(zCreateConnection, { ...connection, ...wrong })).toEqual([text])
})

test('a list that must not be empty says so', () => {
  expect(textsOf(zBulk, { action: 'cancel', ids: [] })).toEqual(['ids: must not be empty'])
})
