import type { MetricPoint } from '@plumbline/api'

export interface ChartSize {
  width: number
  height: number
  padding: { top: number; right: number; bottom: number; left: number }
}

export interface ChartShape {
  /** The line through the values, in pieces: a point without a value is a gap, not a zero. */
  lines: string[]
  /** Between what was expected at least and at most, in pieces. */
  bands: string[]
  points: { point: MetricPoint; x: number; y: number | null }[]
  /** Values of the axis, lowest first. */
  ticks: { value: number; y: number }[]
  /** Times of the axis, first and last. */
  from: number
  to: number
}

/** Where everything of a chart lies, in pixels. */
export function chartShape(points: readonly MetricPoint[], size: ChartSize): ChartShape {
  const times = points.map(({ at }) => Date.parse(at))
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0]
  const { low, high, unit } = extent(points)
  const inner = {
    width: size.width - size.padding.left - size.padding.right,
    height: size.height - size.padding.top - size.padding.bottom,
  }
  const x = (time: number): number => size.padding.left + (to > from ? (time - from) / (to - from) : 0.5) * inner.width
  const y = (value: number): number => size.padding.top + (1 - (value / unit - low) / (high - low)) * inner.height
  const placed = points.map((point, index) => ({
    point,
    x: x(times[index] ?? 0),
    y: point.value === null ? null : y(point.value),
  }))
  return {
    lines: runs(placed, ({ y: height }) => height !== null).map((run) => path(run.map((one) => [one.x, one.y ?? 0]))),
    bands: runs(placed, ({ point }) => point.low !== null && point.high !== null).map((run) => {
      const above = run.map((one): Corner => [one.x, y(one.point.high ?? 0)])
      const below = run.map((one): Corner => [one.x, y(one.point.low ?? 0)])
      return `${path([...above, ...below.toReversed()])}Z`
    }),
    points: placed,
    ticks: [low, (low + high) / 2, high].map((part) => tickAt(part * unit, y)),
    from,
    to,
  }
}

/** Room above the largest number there is would be beyond it. */
function tickAt(value: number, y: (value: number) => number): ChartShape['ticks'][number] {
  const nearest = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))
  return { value: nearest, y: y(nearest) }
}

type Corner = [x: number, y: number]

const path = (corners: Corner[]): string =>
  corners.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('')

/**
 * Of everything that is drawn; never empty, so that a constant lies in the middle. `low` and `high` are parts of `unit`, the largest size
 * there is: differences of the largest numbers have no end, and of the smallest no digits.
 */
function extent(points: readonly MetricPoint[]): { low: number; high: number; unit: number } {
  const drawn = points.flatMap(({ value, low, high }) => [value, low, high].filter((one) => one !== null))
  if (drawn.length === 0) return { low: 0, high: 1, unit: 1 }
  const unit = Math.max(...drawn.map(Math.abs)) || 1
  const [low, high] = [Math.min(...drawn) / unit, Math.max(...drawn) / unit]
  // One on both sides of a constant count, and of what is below one its own size.
  const room = high > low ? (high - low) * 0.06 : Math.max(0.1, Math.min(1, 1 / unit))
  return { low: low >= 0 ? Math.max(0, low - room) : low - room, high: high + room, unit }
}

/** Neighbours for which something holds. */
function runs<T>(list: readonly T[], holds: (one: T) => boolean): T[][] {
  const found: T[][] = []
  let current: T[] | undefined
  for (const one of list) {
    if (!holds(one)) current = undefined
    else if (current) current.push(one)
    else found.push((current = [one]))
  }
  return found
}
