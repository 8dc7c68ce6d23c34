import { expect, test } from 'vitest'
import { zJobListQuery, zStartJob } from './jobs.ts'

test('a query without anything asks for the newest fifty', () => {
  expect(zJobListQuery.parse({})).toEqual({ limit: 50, sort: 'createdAt', order: 'desc' })
})

test('a filter given once or several times is a list', () => {
  expect(zJobListQuery.parse({ status: 'failed' }).status).toEqual(['failed'])
  expect(zJobListQuery.parse({ status: ['failed', 'cancelled'] }).status).toEqual(['failed', 'cancelled'])
  expect(zJobListQuery.safeParse({ status: ['failed', 'asleep'] }).success).toBe(false)
})

test('times may have any offset, but must be times', () => {
  expect(zJobListQuery.safeParse({ createdAfter: '2026-03-01T10:00:00+02:00' }).success).toBe(true)
  expect(zJobListQuery.safeParse({ createdAfter: '2026-03-01' }).success).toBe(false)
})

test('unknown fields are refused', () => {
  expect(zStartJob.safeParse({ type: 'schema_discovery', assetId: 'a', force: true }).success).toBe(false)
  expect(zJobListQuery.safeParse({ page: '2' }).success).toBe(false)
})
