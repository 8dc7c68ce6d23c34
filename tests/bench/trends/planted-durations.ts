/**
 * Histories of durations whose regressions are known, because they are planted: the durations are drawn, the truth is not. Nothing
 * of it was chosen by what the product finds.
 */
export interface PlantedHistory {
  shape: string
  /** The standard deviation of a run, as a part of what it is expected to take. */
  noise: number
  durationsMs: number[]
  planted: Stretch[]
}

/** Runs that are slow together, by their places: the first, and the one after the last. */
export interface Stretch {
  from: number
  to: number
}

interface Shape {
  name: string
  runs: number
  /** Of a run at its usual load, without noise. */
  usualMs: number
  /** By how much the load of a run stretches it. */
  load?: (run: number) => number
  /** Slow from one run on, for so many runs. */
  slow?: { at: number; runs: number }[]
  /** Runs that take longer, but not so much that they would be slow. */
  outliers?: number[]
}

/** As the product promises: a limit by the last 30 good runs, and not before there are ten; five seconds are the absolute floor. */
const baseline = 30
const least = 10
const floorMs = 5_000
/** A slow run is expected above the limit, one that is none below it, by this and two standard deviations of the noise. */
const margin = 1.25
const forGood = Number.POSITIVE_INFINITY

const weekly = (run: number): number => (Math.floor(run / 6) % 7 < 2 ? 0.5 : 1)
const daily = (run: number): number => 1 + 0.5 * Math.sin((run / 6) * 2 * Math.PI)
const nightly = (run: number): number => (run % 6 === 0 ? 2.2 : 1)

/** Six runs a day. */
export const shapes: readonly Shape[] = [
  { name: 'steady', runs: 150, usualMs: 20_000 },
  { name: 'shift', runs: 150, usualMs: 20_000, slow: [{ at: 60, runs: forGood }] },
  {
    name: 'two shifts',
    runs: 180,
    usualMs: 8_000,
    slow: [
      { at: 40, runs: forGood },
      { at: 120, runs: forGood },
    ],
  },
  {
    name: 'slow for a while',
    runs: 150,
    usualMs: 60_000,
    slow: [
      { at: 35, runs: 4 },
      { at: 90, runs: 7 },
    ],
  },
  { name: 'single slow runs', runs: 150, usualMs: 20_000, slow: [31, 70, 111].map((at) => ({ at, runs: 1 })) },
  { name: 'outliers that are none', runs: 150, usualMs: 20_000, outliers: [20, 33, 34, 60, 90, 91, 92, 130] },
  {
    name: 'outliers and a shift',
    runs: 150,
    usualMs: 20_000,
    outliers: [30, 50, 61],
    slow: [{ at: 75, runs: forGood }],
  },
  { name: 'slow drift', runs: 180, usualMs: 10_000, load: (run) => 1 + run / 45 },
  {
    name: 'slow drift and a shift',
    runs: 180,
    usualMs: 10_000,
    load: (run) => 1 + run / 90,
    slow: [{ at: 100, runs: forGood }],
  },
  { name: 'load by week', runs: 168, usualMs: 20_000, load: weekly },
  { name: 'load by week and a shift', runs: 168, usualMs: 20_000, load: weekly, slow: [{ at: 84, runs: forGood }] },
  { name: 'load by day', runs: 168, usualMs: 20_000, load: daily },
  { name: 'load by day, slow for a while', runs: 168, usualMs: 20_000, load: daily, slow: [{ at: 63, runs: 6 }] },
  { name: 'load by night', runs: 168, usualMs: 20_000, load: nightly },
  { name: 'load by night and a slow run', runs: 168, usualMs: 20_000, load: nightly, slow: [{ at: 83, runs: 1 }] },
  { name: 'few runs', runs: 16, usualMs: 20_000, slow: [{ at: 12, runs: forGood }] },
  { name: 'slow before ten runs', runs: 9, usualMs: 20_000, slow: [{ at: 6, runs: forGood }] },
  { name: 'short', runs: 150, usualMs: 300, load: (run) => (run % 40 === 39 ? 8 : 1) },
]

/** Draws a history of a shape; the same for the same seed. */
export function plant(shape: Shape, sigma: number, seed: number): PlantedHistory {
  const { name, runs, usualMs, load = () => 1, slow = [], outliers = [] } = shape
  const random = randomOf(seed)
  const clear = margin * Math.exp(2 * sigma)
  const history: PlantedHistory = { shape: name, noise: sigma, durationsMs: [], planted: [] }
  let lasting = 1
  let passing = { factor: 1, until: 0 }
  /** What the runs that count as usual were expected to take. */
  let usual: number[] = []
  for (let run = 0; run < runs; run++) {
    const plain = usualMs * load(run) * lasting
    const begun = slow.find(({ at }) => at === run)
    const limit = begun || outliers.includes(run) ? limitOf(usual, sigma) : undefined
    if (begun) {
      const factor = ((limit ?? 5 * plain) * clear * (1 + 1.5 * random())) / plain
      if (limit !== undefined) history.planted.push({ from: run, to: Math.min(runs, run + begun.runs) })
      passing = { factor, until: run + begun.runs }
      if (begun.runs === forGood) {
        lasting *= factor
        passing = { factor: 1, until: 0 }
        usual = []
      }
    }
    const isSlow = run < passing.until
    const asked = limit !== undefined && !begun ? Math.max(plain, limit / clear) : usualMs * load(run) * lasting
    const expected = isSlow ? asked * passing.factor : asked
    if (!isSlow) usual.push(expected)
    history.durationsMs.push(Math.round(expected * drawnNoise(random, sigma)))
  }
  return history
}

/** The limit by what the last runs were expected to take and how they scatter; undefined while they are too few. */
function limitOf(expected: readonly number[], sigma: number): number | undefined {
  const last = expected.slice(-baseline)
  if (last.length < least) return undefined
  const random = randomOf(1)
  const drawn = last
    .flatMap((ms) => Array.from({ length: 100 }, () => ms * drawnNoise(random, sigma)))
    .toSorted((a, b) => a - b)
  const share = (part: number): number => drawn[Math.floor(drawn.length * part)] ?? Number.NaN
  return Math.max(3 * share(0.5), 1.5 * share(0.95), share(0.5) + floorMs)
}

/** Lognormal, 1 in the mean; sigma is the deviation of its logarithm, which is that of itself where it is small. */
const drawnNoise = (random: () => number, sigma: number): number =>
  Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) - sigma ** 2 / 2)

/** Numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
