/** From a moment to before another, in milliseconds. */
export type Stretch = readonly [from: number, to: number]

const dayMs = 86_400_000

/** Midnight of today, Monday of this week, the first of this month: UTC. */
const midnight = (now: number): number => Math.floor(now / dayMs) * dayMs
const monday = (now: number): number => midnight(now) - ((new Date(now).getUTCDay() + 6) % 7) * dayMs
const first = (now: number, before = 0): number =>
  Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth() - before)

export const days = (now: number): Record<'today' | 'yesterday', Stretch> => ({
  today: [midnight(now), now],
  yesterday: [midnight(now) - dayMs, midnight(now)],
})

export const weeks = (now: number): Record<'thisWeek' | 'lastWeek', Stretch> => ({
  thisWeek: [monday(now), now],
  lastWeek: [monday(now) - 7 * dayMs, monday(now)],
})

export const months = (now: number): Record<'thisMonth' | 'lastMonth', Stretch> => ({
  thisMonth: [first(now), now],
  lastMonth: [first(now, 1), first(now)],
})

export const lastDays = (now: number, count: number): Stretch => [now - count * dayMs, now]
