import type { JobSearch } from '../job-search.ts'
import type { ActiveRow } from '../../shell/use-row-keys.ts'
import type { RowSelection } from './use-selection.ts'
import type { Job } from '@plumbline/api'
import type { Virtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent } from 'react'

/** What a table and a list of cards both get: the jobs, which of them are drawn, and what keys and clicks do. */
export interface JobRowsProps {
  jobs: Job[]
  rows: Virtualizer<HTMLDivElement, Element>
  keys: {
    active: ActiveRow | null
    tabStop: number
    onRowKeyDown: (event: KeyboardEvent<HTMLElement>, job: Job) => void
    onRowFocus: (job: Job) => void
  }
  selection: RowSelection
  openJobId: string | undefined
  overList: boolean
  search: JobSearch
  onOpen: (job: Job) => void
  onSearch: (change: Partial<JobSearch>) => void
}

/** The room above and below the drawn rows, in px: it keeps the scroll bar true without drawing what cannot be seen. */
export function spacers(rows: Virtualizer<HTMLDivElement, Element>): { above: number; below: number } {
  const drawn = rows.getVirtualItems()
  return { above: drawn[0]?.start ?? 0, below: rows.getTotalSize() - (drawn.at(-1)?.end ?? 0) }
}
