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
      {chart.x.map((name, index) => {
        let below = 0
        return (
          <g key={name}>
            {scale.named.includes(index) && (
              <text className={classes['tick']} x={scale.left(index)} y={size.height - 4}>
                {name}
              </text>
            )}
            {chart.series.map(({ name: part, values }) => {
              const from = below
              below += values[index] ?? 0
              return (
                <rect
                  key={part}
                  className={classes[part] ?? classes['active']}
                  x={scale.left(index)}
                  width={width}
                  y={scale.y(below)}
                  height={scale.y(from) - scale.y(below)}
                >
                  <title>{`${name}: ${values[index] ?? 0} ${part}`}</title>
                </rect>
              )
            })}
          </g>
        )
      })}
    </svg>
  )
}
