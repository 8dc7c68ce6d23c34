import { chartShape, type ChartSize } from './chart-shape.ts'
import { pointText, seriesTitle, tickText } from './metric-texts.ts'
import classes from './metrics.module.css'
import type { MetricPoint, MetricSeries } from '@plumbline/api'

const size: ChartSize = { width: 460, height: 150, padding: { top: 8, right: 12, bottom: 20, left: 64 } }
/** With more points than this only those are dots that are out of the ordinary. */
const mostDots = 60

interface MetricChartProps {
  series: MetricSeries
  onPick: (point: MetricPoint) => void
}

/** Values over time, before the range that was expected of each; what was out of it stands out, and every point can be picked. */
export function MetricChart({ series, onPick }: MetricChartProps) {
  const shape = chartShape(series.points, size)
  const right = size.width - size.padding.right
  return (
    <svg
      className={classes['chart']}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="group"
      aria-label={`Chart of ${seriesTitle(series)}`}
    >
      {shape.ticks.map(({ value, y }) => (
        <g key={y}>
          <line className={classes['grid']} x1={size.padding.left} x2={right} y1={y} y2={y} />
          <text className={classes['tick']} x={size.padding.left - 6} y={y + 3} textAnchor="end">
            {tickText(series.metric, value)}
          </text>
        </g>
      ))}
      <text className={classes['tick']} x={size.padding.left} y={size.height - 4}>
        {dayText(shape.from)}
      </text>
      <text className={classes['tick']} x={right} y={size.height - 4} textAnchor="end">
        {dayText(shape.to)}
      </text>
      {shape.bands.map((band) => (
        <path key={band} className={classes['band']} d={band} />
      ))}
      {shape.lines.map((line) => (
        <path key={line} className={classes['line']} d={line} />
      ))}
      {shape.points.map(({ point, x, y }) => (
        <ChartPoint key={point.at} {...{ series, point, x, y, onPick }} quiet={shape.points.length > mostDots} />
      ))}
    </svg>
  )
}

const dayText = (time: number): string =>
  new Date(time).toLocaleDateString('en', { month: 'short', day: 'numeric', timeZone: 'UTC' })

interface ChartPointProps extends MetricChartProps {
  point: MetricPoint
  x: number
  y: number | null
  quiet: boolean
}

function ChartPoint({ series, point, x, y, quiet, onPick }: ChartPointProps) {
  if (y === null) return null
  const look = lookOf(point)
  return (
    <>
      {!(quiet && look === 'point') && (
        <circle className={classes[look]} cx={x} cy={y} r={look === 'point' ? 2 : 4.5} />
      )}
      <circle
        className={classes['target']}
        cx={x}
        cy={y}
        r={7}
        // A hundred stops of the keyboard a chart would bury the rest: those that matter can be reached.
        tabIndex={look === 'point' ? -1 : 0}
        role="button"
        aria-label={`${new Date(point.at).toUTCString()}: ${pointText(series.metric, point)}`}
        onClick={() => onPick(point)}
        onKeyDown={({ key }) => {
          if (key === 'Enter' || key === ' ') onPick(point)
        }}
      >
        <title>{`${new Date(point.at).toUTCString()}: ${pointText(series.metric, point)}`}</title>
      </circle>
    </>
  )
}

function lookOf({ knownBad, anomaly }: MetricPoint): 'bad' | 'anomaly' | 'point' {
  if (knownBad) return 'bad'
  return anomaly === null ? 'point' : 'anomaly'
}
