import { StackedBar } from '../trends/stacked-bar.tsx'
import { trendScale, type TrendSize } from '../trends/trend-scale.ts'
import classes from '../trends/trends.module.css'
import type { AskAnswer } from '@plumbline/api'

const size: TrendSize = { width: 720, height: 160, padding: { top: 8, right: 8, bottom: 20, left: 48 } }

/** The series of an answer as bars on each other, in the colours of the statuses that they bear the names of. */
export function AnswerChart({ chart }: { chart: NonNullable<AskAnswer['chart']> }) {
  const sums = chart.x.map((_, index) => chart.series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0))
  const scale = trendScale(chart.x.length, Math.max(0, ...sums), size)
  const width = Math.min(scale.step * 0.9, 48)
  return (
    <svg
      className={classes['chart']}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={chart.series.map(({ name }) => name).join(' and ')}
    >
      {scale.ticks.map((value) => (
        <text key={value} className={classes['tick']} x={size.padding.left - 6} y={scale.y(value) + 3} textAnchor="end">
          {value}
        </text>
      ))}
      {chart.x.map((name, index) => (
        <g key={name}>
          {scale.named.includes(index) && (
            <text className={classes['tick']} x={scale.left(index)} y={size.height - 4}>
              {name}
            </text>
          )}
          <StackedBar
            scale={scale}
            x={scale.left(index)}
            width={width}
            parts={chart.series.map(({ name: part, values }) => {
              const count = values[index] ?? 0
              return { name: part, count, title: `${name}: ${count} ${part}` }
            })}
          />
        </g>
      ))}
    </svg>
  )
}
