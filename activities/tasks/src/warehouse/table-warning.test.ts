import { ConnectorError } from '@plumbline/connectors'
import { expect, test } from 'vitest'
import { warningOf } from './table-warning.ts'

const failed = (code: string, message: string) =>
  new ConnectorError('source-failed', message, { cause: Object.assign(new Error(message), { code }) })

test('a warning says why the source could not measure', () => {
  expect(warningOf(failed('42703', 'column "total" does not exist'), 'shop.orders')).toEqual({
    code: 'measure-failed',
    object: 'shop.orders',
    message: 'shop.orders was not measured. Measuring it failed: column "total" does not exist',
  })
})

test('a value that the source stumbled over is not told', () => {
  const { message } = warningOf(failed('22P02', 'invalid input syntax for type integer: "4012 "8888""'), 'shop.orders')
  expect(message).toMatch(/Measuring it failed: invalid input syntax for type integer: "…"$/)
})

test('what is wrong with the whole source is thrown again', () => {
  const error = new ConnectorError('authentication-failed', 'no')
  expect(() => warningOf(error, 'shop.orders')).toThrow(error)
})
