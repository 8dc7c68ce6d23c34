export interface TrendSize {
  width: number
  height: number
  padding: { top: number; right: number; bottom: number; left: number }
}

/** Where buckets and values lie in a chart, in pixels. */
export interface TrendScale {
  /** The left edge of a bucket, and how wide each is. */
  left: (index: number) => number
  step: number
  y: (value: number) => number
  /** Values of the axis, lowest first. */
  ticks: number[]
  /** Buckets that are named at the axis: so many that their names do not touch. */
  named: number[]
}

/** Pixels that the name of a bucket needs. */
const nameWidth = 70

export function trendScale(buckets: number, highest: number, { width, height, padding }: TrendSize): TrendScale {
  const inner = { width: width - padding.left - padding.right, height: height - padding.top - padding.bottom }
  const step = inner.width / Math.max(1, buckets)
  const top = roundUp(highest)
  const every = Math.max(1, Math.ceil(nameWidth / step))
  return {
    left: (index) => padding.left + index * step,
    step,
    y: (value) => padding.top + (1 - value / top) * inner.height,
    ticks: [0, top / 2, top],
    named: Array.from({ length: buckets }, (_, index) => index).filter((index) => index % every === 0),
  }
}

/** The next of 2, 4, 10, 20, 40, 100 …: half of it is a round number too. */
function roundUp(value: number): number {
  if (value <= 2) return 2
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 4, 10].map((factor) => factor * power).find((round) => round >= value) ?? 10 * power
}
