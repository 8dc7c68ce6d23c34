import { Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { pageSearch } from '../../shell/use-page-keys.ts'
import { findNodes } from './graph-steps.ts'
import type { GraphState } from './use-graph-state.ts'

/** Finds nodes by name: Enter goes to the next one, with Shift to the one before, Escape back to the graph. */
export function GraphSearch({ state, onJump }: { state: GraphState; onJump: (nodeId: string) => void }) {
  const [text, setText] = useState('')
  const { graph, positions, current, setCurrent } = state
  const found = findNodes(text, graph, positions)
  const place = current === null ? -1 : found.indexOf(current)
  const go = (by: 1 | -1): void => {
    const next = found.at((place === -1 && by === 1 ? 0 : place + by) % found.length)
    if (next === undefined) return
    setCurrent(next)
    onJump(next)
  }
  return (
    <TextInput
      {...pageSearch}
      type="search"
      size="xs"
      w={220}
      aria-label="Find in the graph"
      placeholder="Find in the graph"
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSectionWidth={64}
      rightSection={
        text.trim() !== '' && (
          <Text size="xs" c="dimmed" aria-live="polite">
            {found.length === 0 ? 'none' : `${Math.max(0, place) + 1} of ${found.length}`}
          </Text>
        )
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
        if (event.key !== 'Escape') return
        setText('')
        event.currentTarget.closest<HTMLElement>('[role="application"]')?.focus()
      }}
    />
  )
}
