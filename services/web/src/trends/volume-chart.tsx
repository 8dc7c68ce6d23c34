import { numberText } from '../text/count.ts'
import { activeOf, rateText, type Bucket } from './bucket-text.ts'
import { StackedBar } from './stacked-bar.tsx'
import { TrendChart } from './trend-chart.tsx'
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
      {(scale) => {
        const gap = Math.min(2, scale.step * 0.15)
        return trends.buckets.map((bucket, index) => (
          <StackedBar
            key={bucket.start}
            scale={scale}
            x={scale.left(index) + gap / 2}
            width={scale.step - gap}
            parts={parts.map(({ name, count }) => ({ name, count: count(bucket) }))}
          />
        ))
      }}
    </TrendChart>
  )
}
