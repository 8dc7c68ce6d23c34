/**
 * Synthetic series of a metric whose truth is known, because it is made: what the value would be without noise and anomalies,
 * and where an anomaly was put in. Nothing of it was chosen by what the detector finds.
 */
export interface SyntheticSeries {
  name: string
  at: number[]
  values: number[]
  /** Points that an anomaly was put into; of a shift of the level its first. */
  anomalies: Set<number>
  /** The week after a shift: off the level before, and not yet the usual. They count neither for nor against. */
  aftermath: Set<number>
}

const dayMs = 86_400_000
const hourMs = 3_600_000
/** A Tuesday. */
const epoch = Date.UTC(2023, 0, 3, 6)

/** Days that are off every year, as month and day. */
const holidays = new Set(['0-1', '4-1', '9-3', '11-25', '11-26'])

export interface Shape {
  name: string
  stepMs: number
  points: number
  /** Without noise: what is usual at a time, `day` days after the beginning. */
  usual: (day: number, date: Date) => number
  noise: (random: () => number, usual: number) => number
  /** The standard deviation of the noise, by which anomalies are sized. */
  sigma: (usual: number) => number
}

const weekday = (date: Date): number => [0.55, 1, 1.05, 1.1, 1.08, 1.15, 0.7][date.getUTCDay()] ?? 1
const daily = (date: Date): number => 1 + 0.5 * Math.sin(((date.getUTCHours() - 8) / 24) * 2 * Math.PI)
const firstOfMonth = (date: Date): number => (date.getUTCDate() === 1 ? 1.6 : 1)
const wholeMonth = (date: Date): number => 1 + 0.25 * Math.cos(((date.getUTCDate() - 1) / 31) * 2 * Math.PI)
const holiday = (date: Date): number => (holidays.has(`${date.getUTCMonth()}-${date.getUTCDate()}`) ? 0.4 : 1)

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const share = (part: number) => ({
  noise: (random: () => number, usual: number) => usual * part * normal(random),
  sigma: (usual: number) => usual * part,
})
/** With heavier tails than the normal distribution; its standard deviation is √2 times its scale. */
const doubleExponential = (part: number) => ({
  noise: (random: () => number, usual: number) => {
    const u = random() - 0.5
    return -usual * part * Math.sign(u) * Math.log(1 - 2 * Math.abs(u))
  },
  sigma: (usual: number) => usual * part * Math.SQRT2,
})
/** Counts of independent events. */
const poisson = {
  noise: (random: () => number, usual: number) => Math.round(Math.sqrt(usual) * normal(random) + usual) - usual,
  sigma: (usual: number) => Math.sqrt(usual),
}

const days = { stepMs: dayMs, points: 600 }
export const shapes: readonly Shape[] = [
  { name: 'flat', ...days, usual: () => 10_000, ...share(0.02) },
  { name: 'flat, heavy tails', ...days, usual: () => 10_000, ...doubleExponential(0.015) },
  { name: 'weekly', ...days, usual: (_, date) => 5_000 * weekday(date), ...share(0.03) },
  { name: 'weekly counts', ...days, usual: (_, date) => 900 * weekday(date), ...poisson },
  { name: 'first of the month', ...days, usual: (_, date) => 2_000 * firstOfMonth(date), ...share(0.03) },
  { name: 'within the month', ...days, usual: (_, date) => 2_000 * wholeMonth(date), ...share(0.02) },
  {
    name: 'weekly and first of the month',
    ...days,
    usual: (_, date) => 3_000 * weekday(date) * firstOfMonth(date),
    ...share(0.03),
  },
  { name: 'trend', ...days, usual: (day) => 20_000 + 60 * day, ...share(0.01) },
  { name: 'weekly with a trend', ...days, usual: (day, date) => (8_000 + 12 * day) * weekday(date), ...share(0.03) },
  { name: 'weekly with holidays', ...days, usual: (_, date) => 5_000 * weekday(date) * holiday(date), ...share(0.03) },
  {
    name: 'hourly',
    stepMs: hourMs,
    points: 24 * 56,
    usual: (_, date) => 1_200 * daily(date) * weekday(date),
    ...share(0.04),
  },
]

/** Judged are the last points of a series: those after enough history for all of its seasons, with every holiday seen once. */
export const judgedPoints = (shape: Shape): number => (shape.stepMs === dayMs ? 180 : 24 * 7)

/** Anomalies are at least so many standard deviations of the noise off, at most twice as many. */
const size = 10
/** One point in so many is an anomaly, also in the history before those that are judged. */
const every = 60
/** So many points after a shift, its aftermath: a week. */
const aftermathOf = (shape: Shape): number => (shape.stepMs === dayMs ? 7 : 24 * 7)

/** One series of a shape, the same for the same seed. A twentieth of its points are missing, and once a whole week is. */
export function synthesize(shape: Shape, seed: number, { clean }: { clean: boolean }): SyntheticSeries {
  const random = randomFrom(seed)
  const series: SyntheticSeries = { name: shape.name, at: [], values: [], anomalies: new Set(), aftermath: new Set() }
  const perWeek = (7 * dayMs) / shape.stepMs
  const gap = Math.floor(random() * (shape.points - perWeek))
  const shiftAt = clean || random() < 0.5 ? Infinity : shape.points - Math.floor(judgedPoints(shape) * random())
  const shiftBy = (random() < 0.5 ? -1 : 1) * size * (1 + random())
  let shiftIndex = Infinity
  for (let step = 0; step < shape.points; step++) {
    const at = epoch + step * shape.stepMs
    const date = new Date(at)
    const usual = shape.usual((step * shape.stepMs) / dayMs, date)
    const noise = shape.noise(random, usual)
    const [isMissing, isAnomaly] = [random() < 0.05, !clean && random() < 1 / every]
    const off = (random() < 0.5 ? -1 : 1) * size * (1 + random())
    if (isMissing || (step >= gap && step < gap + perWeek)) continue
    const index = series.at.length
    const shifted = step >= shiftAt
    if (shifted && shiftIndex === Infinity) shiftIndex = index
    if (isAnomaly || index === shiftIndex) series.anomalies.add(index)
    else if (shifted && index <= shiftIndex + aftermathOf(shape)) series.aftermath.add(index)
    const deviation = (isAnomaly ? off : 0) + (shifted ? shiftBy : 0)
    series.at.push(at)
    series.values.push(usual + noise + deviation * shape.sigma(usual))
  }
  return series
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
