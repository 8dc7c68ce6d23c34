import { useState } from 'react'
import {
  isSelected,
  nothingSelected,
  selectedShare,
  toggled,
  toggledAll,
  toggledUpTo,
  type Selection,
} from './selection.ts'
import type { Job } from '@plumbline/api'

/** What rows do with the selection. */
export interface RowSelection {
  has: (id: string) => boolean
  share: 'none' | 'some' | 'all'
  /** With `range` the rows since the last one that was toggled follow it. */
  toggle: (id: string, range?: boolean) => void
  toggleAll: () => void
}

/** The chosen rows of a list. Another filter begins with nothing chosen: what cannot be seen should not be acted on. */
export function useSelection(jobs: readonly Job[], filterKey: string) {
  const [selection, setSelection] = useState<Selection>(nothingSelected)
  const [last, setLast] = useState<string | null>(null)
  const [filtered, setFiltered] = useState(filterKey)
  if (filtered !== filterKey) {
    setFiltered(filterKey)
    setSelection(nothingSelected)
  }
  const ids = jobs.map(({ id }) => id)
  const rows: RowSelection = {
    has: (id) => isSelected(selection, id),
    share: selectedShare(selection, ids),
    toggle(id, range = false) {
      setSelection((before) => (range && last !== null ? toggledUpTo(before, last, id, ids) : toggled(before, id, ids)))
      setLast(id)
    },
    toggleAll: () => setSelection((before) => toggledAll(before, ids)),
  }
  return {
    selection,
    rows,
    selectMatching: () => setSelection({ kind: 'matching' }),
    clear: () => setSelection(nothingSelected),
  }
}
