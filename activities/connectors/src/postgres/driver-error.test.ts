import { expect, test } from 'vitest'
import { ConnectorError } from '../connector-error.ts'
import { connectorErrorOf } from './driver-error.ts'

const withCode = (code: string, message = 'what the driver says') => Object.assign(new Error(message), { code })

test.each([
  ['28P01', 'authentication-failed'],
  ['28000', 'authentication-failed'],
  ['3D000', 'database-not-found'],
  ['42501', 'permission-denied'],
  ['53300', 'too-many-connections'],
  ['57014', 'statement-timeout'],
  ['55P03', 'lock-timeout'],
  ['57P01', 'connection-lost'],
  ['57P03', 'connection-refused'],
  ['08006', 'connection-lost'],
  ['25P03', 'connection-lost'],
  ['42P01', 'source-failed'],
  ['XX000', 'source-failed'],
  ['ECONNREFUSED', 'connection-refused'],
  ['ECONNRESET', 'connection-lost'],
  ['ETIMEDOUT', 'connection-timeout'],
  ['EHOSTUNREACH', 'connection-timeout'],
  ['ENOTFOUND', 'host-not-found'],
  ['EAI_AGAIN', 'connection-timeout'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-failed'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-failed'],
  ['CERT_HAS_EXPIRED', 'tls-failed'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-failed'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
])('%s is %s', (code, expected) => {
  const cause = withCode(code)
  expect(connectorErrorOf(cause)).toMatchObject({
    code: expected,
    message: expect.stringMatching(/what the driver says$/),
    cause,
  })
})

test.each([
  ['The server does not support SSL connections', 'tls-failed'],
  ['Connection terminated unexpectedly', 'connection-lost'],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string', 'authentication-failed'],
  ['something nobody thought of', 'source-failed'],
])('without a code, "%s" is %s', (message, expected) => {
  expect(connectorErrorOf(new Error(message))).toMatchObject({ code: expected, message })
})

test.each([
  ['no such user: nobody', 'authentication-failed'],
  ['SASL authentication failed', 'authentication-failed'],
  ['database "missing" does not exist', 'database-not-found'],
  ['no such database: missing', 'database-not-found'],
  ['no more connections allowed (max_client_conn)', 'too-many-connections'],
  ['query_wait_timeout', 'too-many-connections'],
  ['server conn crashed?', 'connection-lost'],
])('a pooler that says "%s" means %s', (message, expected) => {
  expect(connectorErrorOf(withCode('08P01', message))).toMatchObject({ code: expected })
})

test('a connection that breaks inside of the TLS handshake is a failure of TLS', () => {
  const reset = withCode(
    'ECONNRESET',
    'Client network socket disconnected before secure TLS connection was established',
  )
  expect(connectorErrorOf(reset)).toMatchObject({ code: 'tls-failed' })
})

test('a host with several addresses tells of the first', () => {
  const both = new AggregateError([withCode('ECONNREFUSED', 'connect ECONNREFUSED ::1:1'), withCode('ETIMEDOUT')])
  expect(connectorErrorOf(both)).toMatchObject({
    code: 'connection-refused',
    message: 'The database refused the connection: connect ECONNREFUSED ::1:1',
  })
})

test.each([
  ['ECONNREFUSED', { address: '127.0.0.1', port: 5439 }, 'Nothing listens at 127.0.0.1:5439'],
  ['ECONNREFUSED', { address: '::1', port: 5439 }, 'Nothing listens at [::1]:5439'],
  ['ENOTFOUND', { hostname: 'db.example.org' }, 'No name server knows db.example.org'],
  ['ETIMEDOUT', { address: '10.0.0.7', port: 5432 }, '10.0.0.7:5432 did not answer in time'],
])('%s is told by the place that was to be reached', (code, place, message) => {
  const error = Object.assign(withCode(code), place)
  expect(connectorErrorOf(error)).toMatchObject({ message, cause: error })
  expect(connectorErrorOf(new AggregateError([error, withCode('ETIMEDOUT')])).message).toBe(message)
})

test('what the server says is readable as it is', () => {
  expect(connectorErrorOf(withCode('28P01')).message).toBe('what the driver says')
})

test('what is a ConnectorError already stays as it is', () => {
  const error = new ConnectorError('tls-failed', 'as it is')
  expect(connectorErrorOf(error)).toBe(error)
})

test('what is no error at all is told as text', () => {
  expect(connectorErrorOf('a text')).toMatchObject({ code: 'source-failed', message: 'a text' })
})
