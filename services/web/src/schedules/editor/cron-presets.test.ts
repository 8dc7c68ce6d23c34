import { describe, expect, it } from 'vitest'
import { cronAt, cronOfPreset, presetOf, timeOfCron } from './cron-presets.ts'

describe('timeOfCron', () => {
  it.each([
    ['0 6 * * *', '06:00'],
    ['30 23 * * 1-5', '23:30'],
    ['  5   7 1 */2 *', '07:05'],
    ['0 * * * *', null],
    ['*/5 6 * * *', null],
    ['0 24 * * *', null],
    ['60 6 * * *', null],
    ['0 6 * *', null],
    ['@daily', null],
    ['', null],
  ])('of %j is %j', (cron, time) => expect(timeOfCron(cron)).toBe(time))
})

describe('cronAt', () => {
  it('changes the time of day and leaves the days', () => {
    expect(cronAt('0 6 * * 1-5', '07:30')).toBe('30 7 * * 1-5')
  })
  it('leaves alone what has no time of day, and a time that is not typed to its end', () => {
    expect(cronAt('0 * * * *', '07:30')).toBe('0 * * * *')
    expect(cronAt('0 6 * * *', '')).toBe('0 6 * * *')
  })
})

describe('presets', () => {
  it('are known again at any time of day', () => {
    expect(presetOf('30 7 * * 1-5')).toBe('Weekdays')
    expect(presetOf('0  * * * *')).toBe('Every hour')
    expect(presetOf('0 6 * * 2')).toBeNull()
    expect(presetOf('0 6 * *')).toBeNull()
  })
  it('keep the time of day that was set', () => {
    expect(cronOfPreset('Weekdays', '30 7 * * *')).toBe('30 7 * * 1-5')
    expect(cronOfPreset('Daily', '0 * * * *')).toBe('0 6 * * *')
    expect(cronOfPreset('Every hour', '30 7 * * *')).toBe('0 * * * *')
    expect(cronOfPreset('Never heard of', '30 7 * * *')).toBe('30 7 * * *')
  })
})
