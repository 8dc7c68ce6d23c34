import { Button, Group, Text } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { ListSkeleton } from '../list/list-skeleton.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { counted, numberText } from '../../text/count.ts'
import { LogRow } from './log-row.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'
import classes from './logs.module.css'
import type { JobLog } from './use-job-log.ts'
import type { JobStep } from '@plumbline/api'

const lineHeightPx = 22

interface LogViewProps {
  log: JobLog
  steps: readonly JobStep[]
  /** Lines may be missing because of a filter. */
  filtered: boolean
}

/** The lines, drawn as far as they are seen. While the log grows its end is kept in view, until the reader scrolls up. */
export function LogView({ log, steps, filtered }: LogViewProps) {
  const { lines, dropped, followed, state, more } = log
  const scroller = useRef<HTMLDivElement>(null)
  // Its methods read what they hold when they are called; no compiler memoizes them here.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeightPx,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 20,
  })
  const stick = useStickToEnd(followed, lines.at(-1)?.id, () => rows.scrollToIndex(lines.length - 1, { align: 'end' }))
  const drawn = rows.getVirtualItems()
  useMore(more, drawn.at(-1)?.index ?? 0, lines.length)
  return (
    <div className={classes.frame}>
      {log.error !== null && <ProblemAlert error={log.error} onRetry={log.retry} />}
      {dropped > 0 && (
        <Text size="xs" c="dimmed" p={4}>
          {counted(dropped, 'earlier line')} not shown; the file has them all.
        </Text>
      )}
      <div
        ref={scroller}
        className={classes.scroller}
        role="log"
        // Read out line by line it would never stop.
        aria-live="off"
        aria-label="Log"
        tabIndex={0}
        onScroll={stick.onScroll}
      >
        {state === 'loading' && lines.length === 0 && <ListSkeleton rows={6} />}
        {lines.length === 0 && state !== 'loading' && log.error === null && (
          <Text size="sm" c="dimmed" p="sm">
            {emptyText(filtered, state === 'ended')}
          </Text>
        )}
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {drawn.map(({ index, start, key }) => {
            const line = lines[index]
            if (line === undefined) return null
            return (
              <LogRow key={key} line={line} steps={steps} index={index} top={start} measure={rows.measureElement} />
            )
          })}
        </div>
      </div>
      <LogFoot log={log} sticks={stick.sticks} onFollow={stick.toEnd} />
    </div>
  )
}

interface LogFootProps {
  log: JobLog
  /** The end is kept in view. */
  sticks: boolean
  onFollow: () => void
}

function LogFoot({ log, sticks, onFollow }: LogFootProps) {
  return (
    <Group justify="space-between" gap="xs" className={classes.foot ?? ''}>
      <Text size="xs" c="dimmed">
        {footText(log)}
      </Text>
      {log.followed && log.state !== 'ended' && !sticks && (
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconArrowDown size={12} aria-hidden />}
          onClick={onFollow}
        >
          Follow the end
        </Button>
      )}
    </Group>
  )
}

function emptyText(filtered: boolean, ended: boolean): string {
  if (filtered) return 'No line matches'
  return ended ? 'It logged nothing, or its log is not kept any more' : 'Nothing logged yet'
}

function footText({ lines, state, more }: JobLog): string {
  const count = `${numberText(lines.length)}${more === null ? '' : '+'} ${lines.length === 1 ? 'line' : 'lines'}`
  switch (state) {
    case 'live':
      return `${count} · following`
    case 'connecting':
    case 'reconnecting':
      return `${count} · reconnecting…`
    case 'loading':
      return 'Loading…'
    case 'ended':
      return count
  }
}

/** Reads on a screen before the end of what was read. */
function useMore(more: (() => void) | null, lastDrawn: number, count: number): void {
  useEffect(() => {
    if (more !== null && lastDrawn >= count - 40) more()
  }, [more, lastDrawn, count])
}
