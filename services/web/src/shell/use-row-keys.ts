import { useHotkeys } from '@mantine/hooks'
import { useState } from 'react'

interface RowKeys<Row extends { id: string }> {
  rows: readonly Row[]
  /** False while something lies over the rows. */
  enabled: boolean
  onOpen: (row: Row) => void
  onSelect: (row: Row) => void
  scrollTo: (index: number) => void
  /** What further keys do with a row. */
  more?: Record<string, (row: Row) => void>
}

/** The row that the keys are on; `focus` asks the row to take the focus once it is drawn. */
export interface ActiveRow {
  id: string
  focus: boolean
}

/** `j` and `k` move from anywhere on the page; the row they reach takes the focus, so that Enter and Tab go on from it. */
export function useRowKeys<Row extends { id: string }>({
  rows,
  enabled,
  onOpen,
  onSelect,
  scrollTo,
  more,
}: RowKeys<Row>) {
  const [active, setActive] = useState<ActiveRow | null>(null)
  const index = active === null ? -1 : rows.findIndex(({ id }) => id === active.id)

  const moveTo = (target: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, target))]
    if (!enabled || row === undefined) return
    scrollTo(rows.indexOf(row))
    setActive({ id: row.id, focus: true })
  }
  useHotkeys([
    ['j', () => moveTo(index + 1)],
    ['k', () => moveTo(index < 0 ? 0 : index - 1)],
  ])

  const onRowKeyDown = (event: React.KeyboardEvent<HTMLElement>, row: Row): void => {
    if (event.target !== event.currentTarget) return
    const does = rowKeys({
      moveTo,
      index: rows.indexOf(row),
      last: rows.length - 1,
      open: () => onOpen(row),
      select: () => onSelect(row),
    })[event.key]
    if (does === undefined) {
      more?.[event.key]?.(row)
      if (event.key === 'm') event.currentTarget.querySelector<HTMLElement>('[data-row-menu]')?.click()
      return
    }
    event.preventDefault()
    does()
  }
  /** The one row that Tab stops at. */
  const tabStop = index >= 0 ? index : 0
  return {
    active,
    tabStop,
    onRowKeyDown,
    onRowFocus: (row: Row) => setActive({ id: row.id, focus: false }),
    focusRow: (row: Row) => setActive({ id: row.id, focus: true }),
    /** Leaves a row that may be about to go: for the next one, or the one before where it is the last. */
    leaveRow: (row: Row) => moveTo(rows.indexOf(row) + (row === rows.at(-1) ? -1 : 1)),
  }
}

interface Moves {
  moveTo: (index: number) => void
  index: number
  last: number
  open: () => void
  select: () => void
}

const rowKeys = ({ moveTo, index, last, open, select }: Moves): Record<string, (() => void) | undefined> => ({
  ArrowDown: () => moveTo(index + 1),
  ArrowUp: () => moveTo(index - 1),
  Home: () => moveTo(0),
  End: () => moveTo(last),
  Enter: open,
  ' ': select,
  x: select,
})
