import { useElementSize } from '@mantine/hooks'
import { chartShape } from './chart-shape.ts'
import { axisTimes, pointText, seriesTitle, tickText } from './metric-texts.ts'
import classes from './metrics.module.css'
import type { MetricPoint, MetricSeries } from '@plumbline/api'

const height = 130
/** On the left there is room for a date. */
const padding = { top: 8, right: 12, bottom: 20, left: 64 }
/** Until the room for it has been measured. */
const usualWidth = 280
/** With more points than this only those are dots that are out of the ordinary. */
const mostDots = 60

interface MetricChartProps {
  series: MetricSeries
  onPick: (point: MetricPoint) => void
}

/**
 * Values over time, before the range that was expected of each; what was out of it stands out, and every point can be picked.
 * Drawn as wide as there is room, so that its texts are as large in a narrow card as in a wide one.
 */
export function MetricChart({ series, onPick }: MetricChartProps) {
  const { ref, width: measured } = useElementSize()
  const width = measured || usualWidth
  const shape = chartShape(series.points, { width, height, padding })
  const [from, to] = axisTimes(shape.from, shape.to)
  const right = width - padding.right
  return (
    <div ref={ref}>
      <svg
        className={classes['chart']}
        width={width}
        height={height}
        role="group"
        aria-label={`Chart of ${seriesTitle(series)}`}
      >
        {shape.ticks.map(({ value, y }) => (
          <g key={y}>
            <line className={classes['grid']} x1={padding.left} x2={right} y1={y} y2={y} />
            <text className={classes['tick']} x={padding.left - 6} y={y + 3} textAnchor="end">
              {tickText(series.metric, value)}
            </text>
          </g>
        ))}
        <text className={classes['tick']} x={padding.left} y={height - 4}>
          {from}
        </text>
        <text className={classes['tick']} x={right} y={height - 4} textAnchor="end">
          {to}
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
    </div>
  )
}

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
