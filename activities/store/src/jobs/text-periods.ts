/** A stretch of time and the code under which the text index knows the week, month or year it lies in. */
export interface Period {
  code: number
  /** Milliseconds since 1970, inclusive. */
  from: number
  /** Exclusive. */
  to: number
}

const weekMs = 604_800_000

/** Of `job_periods`: where a unit begins that a time lies in, where the next one begins, and its code. */
const units = [
  {
    begin: (at: number) => Math.floor(at / weekMs) * weekMs,
    next: (at: number) => (Math.floor(at / weekMs) + 1) * weekMs,
    code: (at: number) => Math.floor(at / weekMs),
    /** So many of the unit, then the next larger one. */
    count: 2,
  },
  {
    begin: (at: number) => month(at, 0),
    next: (at: number) => month(at, 1),
    code: (at: number) => 100_000 + new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth(),
    count: 4,
  },
  {
    begin: (at: number) => Date.UTC(new Date(at).getUTCFullYear(), 0),
    next: (at: number) => Date.UTC(new Date(at).getUTCFullYear() + 1, 0),
    code: (at: number) => 200_000 + new Date(at).getUTCFullYear(),
    count: Number.POSITIVE_INFINITY,
  },
] as const

const month = (at: number, later: number): number =>
  Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + later)

/**
 * Cuts `[from, to)` into periods in the order they are looked at: weeks while a page is likely found soon, then months, then
 * years, so that they stay few however long the history is.
 */
export function periodsOf(from: number, to: number, order: 'asc' | 'desc'): Period[] {
  const periods: Period[] = []
  let [rest, end] = [from, to]
  for (const unit of units) {
    for (let taken = 0; taken < unit.count && rest < end; taken++) {
      if (order === 'desc') {
        const begin = Math.max(rest, unit.begin(end - 1))
        periods.push({ code: unit.code(end - 1), from: begin, to: end })
        end = begin
      } else {
        const beyond = Math.min(end, unit.next(rest))
        periods.push({ code: unit.code(rest), from: rest, to: beyond })
        rest = beyond
      }
    }
  }
  return periods
}
