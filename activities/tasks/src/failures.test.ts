import { ConnectorError } from '@plumbline/connectors'
import { JobEndedError, SealError } from '@plumbline/store'
import { describe, expect, test } from 'vitest'
import { redactor, toFailure } from './failures.ts'

const plain = redactor([])
const withCode = (message: string, code: string) => Object.assign(new Error(message), { code })

describe('codes', () => {
  test.each([
    ['what a connector says', new ConnectorError('authentication-failed', 'no'), 'authentication-failed', true],
    ['a source that may come back', new ConnectorError('connection-lost', 'gone'), 'connection-lost', false],
    ['a wrong key', new SealError('another key'), 'credentials-unreadable', true],
    ['a job that ended meanwhile', new JobEndedError('ended'), 'job-already-ended', true],
    ['a record that refuses', withCode('connect ECONNREFUSED', 'ECONNREFUSED'), 'record-unreachable', false],
    ['a record that shuts down', withCode('terminating connection', '57P01'), 'record-unreachable', false],
    ['a record that broke off', new Error('Connection terminated unexpectedly'), 'record-unreachable', false],
    ['a pool without an answer', new Error('timeout exceeded when trying to connect'), 'record-unreachable', false],
    ['both addresses refused', new AggregateError([withCode('a', 'ECONNREFUSED')]), 'record-unreachable', false],
    ['a mistake of ours', new TypeError('x is not a function'), 'internal', false],
    ['a constraint of ours', withCode('duplicate key', '23505'), 'internal', false],
    ['no error at all', 'just a text', 'internal', false],
  ])('%s', (_, error, type, nonRetryable) => {
    expect(toFailure(error, plain)).toMatchObject({ type, nonRetryable })
  })

  test('the network of a source is not taken for the record', () => {
    const cause = withCode('connect ECONNREFUSED', 'ECONNREFUSED')
    expect(toFailure(new ConnectorError('connection-refused', 'refused', { cause }), plain).type).toBe(
      'connection-refused',
    )
  })
})

describe('what is kept', () => {
  test('message, stack and causes, without secrets in any form', () => {
    const secret = 'p@ss word'
    const cause = Object.assign(new Error(`cannot use postgres://ann:${encodeURIComponent(secret)}@db`), {
      client: { password: secret },
    })
    const failure = toFailure(
      new ConnectorError('source-failed', `refused "${secret}"`, { cause }),
      redactor([secret, '']),
    )
    expect(failure.message).toBe('refused "[redacted]"')
    expect(failure.stack).toContain('failures.test.ts')
    expect(failure.cause?.message).toBe('cannot use postgres://ann:[redacted]@db')
    expect(failure.cause).not.toHaveProperty('client')
    const everything = [failure.message, failure.stack, failure.cause?.message, failure.cause?.stack].join('\n')
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(encodeURIComponent(secret))
  })

  test('an aggregate speaks with the messages in it', () => {
    const both = new AggregateError([new Error('::1 refused'), new Error('127.0.0.1 refused')])
    expect(toFailure(both, plain).message).toBe('::1 refused; 127.0.0.1 refused')
  })

  test('causes that go in a circle end', () => {
    const error = new Error('a')
    error.cause = error
    expect(toFailure(error, plain).cause?.message).toBe('a')
  })
})

test('a secret that could be a part of ordinary words is left alone: cutting it out would tell it', () => {
  expect(redactor(['p', 'x', 'shop'])('expected the shop to exist')).toBe('expected the shop to exist')
  expect(redactor(['s3cret'])('refused: s3cret')).toBe('refused: [redacted]')
})
