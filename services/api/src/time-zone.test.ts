import { expect, test } from 'vitest'
import { timezoneNamed, zTimezone } from './time-zone.ts'

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['AMERICA/NEW_YORK', 'America/New_York'],
  ['america/port-au-prince', 'America/Port-au-Prince'],
  ['asia/kolkata', 'Asia/Kolkata'],
  ['US/Eastern', 'America/New_York'],
  ['us/eastern', 'America/New_York'],
  ['utc', 'UTC'],
  ['Etc/UTC', 'UTC'],
  ['+02:00', undefined],
  ['Europe/Atlantis', undefined],
  ['', undefined],
])('%s is %s', (text, name) => {
  expect(timezoneNamed(text)).toBe(name)
})

test.each(['+05:30', '-05:00', '+0530', '+5', 'UTC+5', '<+0530>-05:30', 'Mars/Base'])('%s is refused', (text) => {
  expect(zTimezone.safeParse(text)).toMatchObject({
    success: false,
    error: { issues: [{ message: 'is not a time zone: give an IANA name, as Europe/Berlin' }] },
  })
})
