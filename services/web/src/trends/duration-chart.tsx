import { durationText } from '../text/duration.ts'
import { msText, type Bucket } from './bucket-text.ts'
import { TrendChart } from './trend-chart.tsx'
import type { TrendScale } from './trend-scale.ts'
import classes from './trends.module.css'
import type { JobTrends } from '@plumbline/api'

/** How long the completed jobs took: half of them less than the line, all but one in twenty less than the dashed one. */
export function DurationChart({ trends }: { trends: JobTrends }) {
  return (
    <TrendChart
      trends={trends}
      label="Durations over time: median, 95th percentile and longest"
      highest={Math.max(...trends.buckets.map(({ max }) => max ?? 0))}
      valueText={durationText}
      textOf={({ p50, p95, max }) => `median ${msText(p50)}, 95th percentile ${msText(p95)}, longest ${msText(max)}`}
    >
      {(scale) => (
        <>
          <path className={classes['p95']} d={lineOf(trends.buckets, scale, ({ p95 }) => p95)} />
          <path className={classes['p50']} d={lineOf(trends.buckets, scale, ({ p50 }) => p50)} />
          {trends.buckets.map(({ start, p50, max }, index) => {
            const x = middle(scale, index)
            return (
              <g key={start}>
                {max !== null && <circle className={classes['max']} cx={x} cy={scale.y(max)} r={1.8} />}
                {p50 !== null && <circle className={classes['dot']} cx={x} cy={scale.y(p50)} r={2} />}
              </g>
            )
          })}
        </>
      )}
    </TrendChart>
  )
}

const middle = (scale: TrendScale, index: number): number => scale.left(index) + scale.step / 2

/** In pieces: where nothing completed there is a gap, not a zero. */
function lineOf(buckets: readonly Bucket[], scale: TrendScale, valueOf: (bucket: Bucket) => number | null): string {
  let path = ''
  let drawing = false
  for (const [index, bucket] of buckets.entries()) {
    const value = valueOf(bucket)
    if (value !== null) path += `${drawing ? 'L' : 'M'}${middle(scale, index).toFixed(1)},${scale.y(value).toFixed(1)}`
    drawing = value !== null
  }
  return path
}
