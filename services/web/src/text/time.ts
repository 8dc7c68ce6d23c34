const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** `just now`, `4 min ago`, `3 h ago`, `2 d ago`, then the date; the full time belongs in the tooltip. */
export function timeAgo(iso: string, nowMs: number): string {
  const at = Date.parse(iso)
  const age = nowMs - at
  if (age < 45_000) return 'just now'
  if (age < hourMs) return `${Math.max(1, Math.round(age / minuteMs))} min ago`
  if (age < dayMs) return `${Math.round(age / hourMs)} h ago`
  if (age < 7 * dayMs) return `${Math.round(age / dayMs)} d ago`
  return dayText.format(at)
}

const dayText = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' })
const fullText = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
})

/** Date and time to the second in the reader's own zone, with the zone named. */
export const fullTime = (iso: string): string => fullText.format(Date.parse(iso))

/** `now`, `in 4 min`, `in 3 h`, `in 12 d`: how long until a time to come. */
export function timeUntil(iso: string, nowMs: number): string {
  const left = Date.parse(iso) - nowMs
  if (left < 1_000) return 'now'
  if (left < minuteMs) return 'in less than a minute'
  if (left < hourMs) return `in ${Math.round(left / minuteMs)} min`
  if (left < dayMs) return `in ${Math.round(left / hourMs)} h`
  return `in ${Math.round(left / dayMs)} d`
}

/** The reader's own time zone. */
export const readersZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** `Wed, Nov 25, 2026, 06:00`: the time as a clock in that zone shows it; seconds only where there are some. */
export function zonedTime(iso: string, zone: string): string {
  const at = Date.parse(iso)
  return zonedFormat(zone, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    ...clock(at),
    ...(isKnownZone(zone) ? {} : { timeZoneName: 'short' }),
  }).format(at)
}

/**
 * The same time by the reader's clock, as far as it differs: `05:00` on the same day, else with its day; null where both
 * clocks show the same.
 */
export function readersTime(iso: string, zone: string, reader = readersZone()): string | null {
  const [there, here] = [zonedTime(iso, zone), zonedTime(iso, reader)]
  if (here === there) return null
  const at = Date.parse(iso)
  const dayIn = (one: string): string => zonedFormat(one, { dateStyle: 'short' }).format(at)
  return dayIn(zone) === dayIn(reader) ? zonedFormat(reader, clock(at)).format(at) : here
}

/** Of 24 hours, whatever the reader's language: as schedules, logs and charts have it. */
const clock = (at: number): Intl.DateTimeFormatOptions => ({
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  ...(at % minuteMs === 0 ? {} : { second: '2-digit' }),
})

const zonedFormat = (zone: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(undefined, { timeZone: isKnownZone(zone) ? zone : 'UTC', ...parts })

/** Zones are added now and then, and the server may know one that this browser does not. */
function isKnownZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat(undefined, { timeZone: zone }) !== null
  } catch {
    return false
  }
}
