import { expect, test } from 'vitest'
import { connectorErrorOf, endsSession, isDuplicate, isNotFound, isPassing } from './driver-error.ts'

/** As the library throws what BigQuery answered. */
const answered = (code: number, reason: string, message = 'what it said') =>
  Object.assign(new Error(message), { code, errors: [{ reason, message, domain: 'global' }] })

test.each([
  [
    answered(403, 'accessDenied', 'Access Denied: Table p:d.t: Permission bigquery.tables.get denied'),
    'permission-denied',
  ],
  [answered(404, 'notFound', 'Not found: Table p:d.t'), 'source-failed'],
  [answered(404, 'notFound', 'Not found: Project p'), 'database-not-found'],
  [answered(401, 'authError', 'Invalid Credentials'), 'authentication-failed'],
  [answered(403, 'rateLimitExceeded'), 'quota-exceeded'],
  [answered(403, 'quotaExceeded'), 'quota-exceeded'],
  [answered(503, 'backendError'), 'connection-lost'],
  [answered(400, 'invalidQuery', 'Syntax error'), 'source-failed'],
  [answered(400, 'bytesBilledLimitExceeded', 'Query exceeded limit for bytes billed'), 'source-failed'],
  [{ reason: 'accessDenied', message: 'of a job' }, 'permission-denied'],
  [Object.assign(new Error('a page of a proxy'), { code: 502 }), 'connection-lost'],
  [Object.assign(new Error('request failed'), { code: 'ECONNREFUSED' }), 'connection-refused'],
  [new Error('Could not load the default credentials.'), 'authentication-failed'],
  [Object.assign(new Error('invalid_grant: Invalid JWT Signature.'), { status: 400 }), 'authentication-failed'],
])('%o is %s', (error, code) => {
  expect(connectorErrorOf(error).code).toBe(code)
})

test('what is not there, what may not be seen and what passes are told apart', () => {
  const [missing, denied, busy, again] = [
    answered(404, 'notFound'),
    answered(403, 'accessDenied'),
    answered(403, 'rateLimitExceeded'),
    answered(409, 'duplicate'),
  ].map(connectorErrorOf)
  expect([missing, denied, busy, again].map(isNotFound)).toEqual([true, false, false, false])
  expect([missing, denied, busy, again].map(endsSession)).toEqual([false, false, true, false])
  expect([missing, denied, busy, again].map((one) => one && isPassing(one))).toEqual([false, false, true, false])
  expect(isDuplicate(again)).toBe(true)
})
