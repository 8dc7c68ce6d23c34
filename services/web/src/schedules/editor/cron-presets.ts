/** What most schedules are, to begin with; the time of day can then be changed by itself. */
export const cronPresets = [
  { label: 'Every hour', cron: '0 * * * *' },
  { label: 'Daily', cron: '0 6 * * *' },
  { label: 'Weekdays', cron: '0 6 * * 1-5' },
  { label: 'Weekly', cron: '0 6 * * 1' },
  { label: 'Monthly', cron: '0 6 1 * *' },
] as const

/** Minute, hour, and the three fields of days, where minute and hour are plain numbers: once a day at most. */
const onceADay = /^\s*(\d{1,2})\s+(\d{1,2})\s+(\S+\s+\S+\s+\S+)\s*$/

/** The time of day as `06:30` of an expression that has one; null of any other. */
export function timeOfCron(cron: string): string | null {
  const [, minute, hour] = onceADay.exec(cron) ?? []
  if (minute === undefined || hour === undefined || Number(minute) > 59 || Number(hour) > 23) return null
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
}

/** The expression with its time of day changed to `06:30`; as it was where it has none, or the time is not whole. */
export function cronAt(cron: string, time: string): string {
  const days = onceADay.exec(cron)?.[3]
  const [, hour, minute] = /^(\d{2}):(\d{2})/.exec(time) ?? []
  if (days === undefined || timeOfCron(cron) === null || hour === undefined || minute === undefined) return cron
  return `${Number(minute)} ${Number(hour)} ${days}`
}

/** Which preset an expression is, whatever its time of day. */
export function presetOf(cron: string): string | null {
  const same = (one: string): boolean => cronAt(one, timeOfCron(cron) ?? '') === cron.trim().replaceAll(/\s+/g, ' ')
  return cronPresets.find((preset) => same(preset.cron))?.label ?? null
}

/** The preset, at the time of day that the expression before had. */
export const cronOfPreset = (preset: string, before: string): string => {
  const chosen = cronPresets.find(({ label }) => label === preset)?.cron ?? before
  return cronAt(chosen, timeOfCron(before) ?? '')
}
