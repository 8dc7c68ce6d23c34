import { expect, test } from 'vitest'
import { incidentFingerprint, normalMessage } from './incident-fingerprint.ts'

test.each([
  ['canceling statement due to timeout after 30000 ms', 'canceling statement due to timeout after 1 ms'],
  ['job 01920000-0000-7000-8000-000000000001 lost', 'job 5b1f3d0e-8a4c-4f7e-9d11-aa0000000000 lost'],
  ['refused by 10.0.0.7:5432', 'refused by 192.168.1.20:6543'],
  ['late since 2026-05-04T03:02:01.123Z', 'late since 2026-11-30 11:00+02:00'],
  ['Page  9f86d081884c7d65 is broken', 'page 60303ae22b998861\nis broken'],
])('%j is the same as %j', (one, other) => {
  expect(normalMessage(one)).toBe(normalMessage(other))
})

test.each([
  ['permission denied for table orders', 'permission denied for table customers'],
  ['column "mail" is gone', 'column "name" is gone'],
])('%j is not the same as %j', (one, other) => {
  expect(normalMessage(one)).not.toBe(normalMessage(other))
})

test('parts are told apart, also where one is empty or missing', () => {
  const all = [
    ['a', 'b'],
    ['ab', ''],
    ['a', null],
    ['a', 'b', null],
  ].map(incidentFingerprint)
  expect(new Set(all).size).toBe(all.length)
  expect(incidentFingerprint(['a', 'b'])).toBe(all[0])
})
