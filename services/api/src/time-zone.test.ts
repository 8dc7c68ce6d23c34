import { expect, test } from 'vitest'
import { timezoneNamed } from './time-zone.ts'

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
