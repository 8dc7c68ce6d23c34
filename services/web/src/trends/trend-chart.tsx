import { bucketName, bucketTitle, type Bucket } from './bucket-text.ts'
import { trendScale, type TrendScale, type TrendSize } from './trend-scale.ts'
import classes from './trends.module.css'
import type { JobTrends } from '@plumbline/api'
import type { ReactNode } from 'react'

const size: TrendSize = { width: 1100, height: 220, padding: { top: 8, right: 8, bottom: 20, left: 64 } }

interface TrendChartProps {
  trends: JobTrends
  label: string
  highest: number
  valueText: (value: number) => string
  /** What the tooltip of a bucket says of it. */
  textOf: (bucket: Bucket) => string
  children: (scale: TrendScale) => ReactNode
}

/** The axes of a chart over the buckets, and a tooltip for each of them; what lies in it is drawn by its children. */
export function TrendChart({ trends, label, highest, valueText, textOf, children }: TrendChartProps) {
  const { buckets, bucket, timezone } = trends
  const scale = trendScale(buckets.length, highest, size)
  const right = size.width - size.padding.right
  return (
    <svg className={classes['chart']} viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={label}>
      {scale.ticks.map((value) => (
        <g key={value}>
          <line className={classes['grid']} x1={size.padding.left} x2={right} y1={scale.y(value)} y2={scale.y(value)} />
          <text className={classes['tick']} x={size.padding.left - 6} y={scale.y(value) + 3} textAnchor="end">
            {valueText(value)}
          </text>
        </g>
      ))}
      {scale.named.map((index) => {
        const start = buckets[index]?.start
        return start === undefined ? null : (
          <text key={start} className={classes['tick']} x={scale.left(index)} y={size.height - 4}>
            {bucketName(start, bucket, timezone)}
          </text>
        )
      })}
      {children(scale)}
      {buckets.map((one, index) => (
        <rect
          key={one.start}
          className={classes['target']}
          x={scale.left(index)}
          y={size.padding.top}
          width={scale.step}
          height={size.height - size.padding.top - size.padding.bottom}
        >
          <title>{`${bucketTitle(one.start, bucket, timezone)}: ${textOf(one)}`}</title>
        </rect>
      ))}
    </svg>
  )
}
