import type { TrendScale } from './trend-scale.ts'
import classes from './trends.module.css'

/** A part of a bar, in the colour of what it is called; with a tooltip of its own where it has a title. */
export interface BarPart {
  name: string
  count: number
  title?: string
}

interface StackedBarProps {
  scale: TrendScale
  x: number
  width: number
  /** From the bottom up. */
  parts: readonly BarPart[]
}

/** Counts on top of each other. */
export function StackedBar({ scale, x, width, parts }: StackedBarProps) {
  let below = 0
  return parts.map(({ name, count, title }) => {
    const from = below
    below += count
    if (count === 0) return null
    return (
      <rect
        key={name}
        className={classes[name] ?? classes['active']}
        x={x}
        width={width}
        y={scale.y(below)}
        height={scale.y(from) - scale.y(below)}
      >
        {title !== undefined && <title>{title}</title>}
      </rect>
    )
  })
}
