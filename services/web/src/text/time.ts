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
  timeZoneName: 'short',
})

/** Date and time to the second in the reader's own zone, with the zone named. */
export const fullTime = (iso: string): string => fullText.format(Date.parse(iso))
