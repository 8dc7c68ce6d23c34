import { expect, test } from 'vitest'
import { describeTiming } from './describe-timing.ts'
import { nextRuns, parseCron } from './timing.ts'

const cronRuns = (cron: string, timezone: string, after: string, count: number) =>
  nextRuns({ kind: 'cron', cron, timezone }, new Date(after), count).map((run) => run.toISOString())

test('an interval ticks at its multiples since 1970, not from when it was made', () => {
  const runs = nextRuns({ kind: 'interval', everyMs: 900_000 }, new Date('2026-05-04T10:07:00.500Z'), 3)
  expect(runs.map((run) => run.toISOString())).toEqual([
    '2026-05-04T10:15:00.000Z',
    '2026-05-04T10:30:00.000Z',
    '2026-05-04T10:45:00.000Z',
  ])
  expect(nextRuns({ kind: 'interval', everyMs: 900_000 }, runs[0] ?? new Date(), 1)).toEqual([runs[1]])
})

test('a tick is after the moment that is asked about, also to the second', () => {
  expect(cronRuns('0 3 * * *', 'UTC', '2026-05-04T03:00:00Z', 1)).toEqual(['2026-05-05T03:00:00.000Z'])
  expect(cronRuns('0 3 * * *', 'UTC', '2026-05-04T02:59:59.999Z', 1)).toEqual(['2026-05-04T03:00:00.000Z'])
})

test('the wall clock of the zone counts, and an hour that it leaves out has no tick', () => {
  expect(cronRuns('30 2 * * *', 'Europe/Berlin', '2026-03-28T00:00:00Z', 2)).toEqual([
    '2026-03-28T01:30:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ])
})

test('day of month and day of week must both match, as in Temporal', () => {
  expect(cronRuns('0 0 1 * 1', 'UTC', '2026-01-01T00:00:00Z', 2)).toEqual([
    '2026-06-01T00:00:00.000Z',
    '2027-02-01T00:00:00.000Z',
  ])
})

test('what comes once in years is found', () => {
  expect(cronRuns('0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', 2)).toEqual([
    '2028-02-29T00:00:00.000Z',
    '2032-02-29T00:00:00.000Z',
  ])
})

test.each([
  ['* * * *', 'it has 4'],
  ['0 0 * * * *', 'has six fields: leave the seconds out'],
  ['61 * * * *', 'minute: 61'],
  ['0 24 * * *', 'hour: 24'],
  ['0 0 ? * *', 'the day of month "?"'],
  ['0 0 L * *', 'the day of month "L"'],
  ['0 0 * * 1#2', 'the day of week "1#2"'],
  ['0 0 * * 5L', 'the day of week "5L"'],
  ['0 0 * * monday', 'the day of week "monday"'],
  ['*,1 * * * *', 'write *'],
  ['5/15 * * * *', 'min-max/step'],
  ['0 22-2 * * *', '22-2'],
  ['0 0 31 2 *', 'never comes'],
  ['@every 5m', 'there is no @every 5m'],
  ['@reboot', 'there is no @reboot'],
  ['CRON_TZ=Europe/Berlin 30 2 * * *', 'takes no time zone: leave CRON_TZ=Europe/Berlin out'],
  ['0 0 0 * * * *', 'it has 7'],
  ['', 'needs five fields'],
])('%s is refused with what is wrong', (cron, reason) => {
  expect(() => parseCron(cron)).toThrow(reason)
})

test.each([
  [{ kind: 'interval', everyMs: 60_000 } as const, 'Every minute'],
  [{ kind: 'interval', everyMs: 90_000 } as const, 'Every 90 seconds'],
  [{ kind: 'interval', everyMs: 7_200_000 } as const, 'Every 2 hours'],
  [{ kind: 'interval', everyMs: 86_400_000 } as const, 'Every day'],
  [{ kind: 'cron', cron: '@daily', timezone: 'UTC' } as const, 'At 00:00 (UTC)'],
  [
    { kind: 'cron', cron: '0 0 1 * 1', timezone: 'UTC' } as const,
    'At 00:00, on day 1 of the month, only on Monday (UTC)',
  ],
  [
    { kind: 'cron', cron: '*/15 9-17 * * MON-FRI', timezone: 'Asia/Tokyo' } as const,
    'Every 15 minutes, between 09:00 and 17:59, Monday through Friday (Asia/Tokyo)',
  ],
  [{ kind: 'cron', cron: '0 4 * * MON-07', timezone: 'UTC' } as const, 'By the cron expression 0 4 * * MON-07 (UTC)'],
])('%j reads as words', (timing, words) => {
  expect(describeTiming(timing)).toBe(words)
})
