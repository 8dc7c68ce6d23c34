import { numberText } from '../text/count.ts'
import { activeOf, rateText, type Bucket } from './bucket-text.ts'
import { TrendChart } from './trend-chart.tsx'
import type { TrendScale } from './trend-scale.ts'
import classes from './trends.module.css'
import type { JobTrends } from '@plumbline/api'

/** From the bottom up. */
const parts = [
  { name: 'completed', count: ({ counts }: Bucket) => counts.completed },
  { name: 'failed', count: ({ counts }: Bucket) => counts.failed },
  { name: 'cancelled', count: ({ counts }: Bucket) => counts.cancelled },
  { name: 'active', count: activeOf },
] as const

const allOf = (bucket: Bucket): number => parts.reduce((sum, { count }) => sum + count(bucket), 0)

/** How many jobs were started, by what became of them. */
export function VolumeChart({ trends }: { trends: JobTrends }) {
  return (
    <TrendChart
      trends={trends}
      label="Jobs over time by what became of them"
      highest={Math.max(...trends.buckets.map(allOf))}
      valueText={(value) => numberText(value)}
      textOf={(bucket) =>
        `${parts.map(({ name, count }) => `${numberText(count(bucket))} ${name}`).join(', ')}; success ${rateText(bucket.successRate)}`
      }
    >
      {(scale) => trends.buckets.map((bucket, index) => <Bar key={bucket.start} {...{ bucket, index, scale }} />)}
    </TrendChart>
  )
}

function Bar({ bucket, index, scale }: { bucket: Bucket; index: number; scale: TrendScale }) {
  const gap = Math.min(2, scale.step * 0.15)
  let below = 0
  return parts.map(({ name, count }) => {
    const from = below
    below += count(bucket)
    if (below === from) return null
    return (
      <rect
        key={name}
        className={classes[name]}
        x={scale.left(index) + gap / 2}
        width={scale.step - gap}
        y={scale.y(below)}
        height={scale.y(from) - scale.y(below)}
      />
    )
  })
}
