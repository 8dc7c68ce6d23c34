import { zExpectation, type Freshness } from '@plumbline/api'
import { expect, test } from 'vitest'
import { expectationForm, expectationOf, expectationText } from './expectation-form.ts'

const given: NonNullable<Freshness['expectation']> = {
  interval: '1d',
  tolerance: '2h',
  calendar: {
    timezone: 'Europe/Berlin',
    windows: [{ days: [0, 6], from: '00:00', to: '00:00' }],
    dates: ['2026-12-25', '2026-12-26'],
  },
  column: 'updated_at',
  sensitivity: 'high',
  assetId: 'asset-ord',
  decidedBy: 'ann',
  decidedAt: '2026-03-01T00:00:00.000Z',
}

test('what is shown is saved as it was, and is what the server takes', () => {
  const { assetId: _asset, decidedBy: _by, decidedAt: _at, ...expectation } = given
  expect(expectationOf(expectationForm(given))).toEqual(expectation)
  expect(zExpectation.parse(expectationOf(expectationForm(given)))).toEqual(expectation)
})

test('nothing said begins as learned', () => {
  const form = expectationForm(null)
  expect(form).toMatchObject({ known: 'learned', windows: [], column: '' })
  expect(expectationOf({ ...form, timezone: 'UTC', dates: ' 2026-12-25,\n2026-12-26 ' })).toMatchObject({
    interval: null,
    tolerance: null,
    column: null,
    calendar: { timezone: 'UTC', dates: ['2026-12-25', '2026-12-26'] },
  })
})

test('is told in a sentence', () => {
  expect(expectationText(null)).toContain('learned')
  expect(expectationText(given)).toBe(
    'An update every day, tolerating 2 hours, not counting maintenance (3 entries), by the clock of Europe/Berlin, read from the column updated_at',
  )
})
