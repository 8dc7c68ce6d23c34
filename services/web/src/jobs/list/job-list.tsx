import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { filterKeyOf, type JobSearch } from '../job-search.ts'
import { EmptyJobs } from './empty-jobs.tsx'
import { JobCards } from './job-cards.tsx'
import { JobTable } from './job-table.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { NewJobsPill } from './new-jobs-pill.tsx'
import { useJobList } from './use-job-list.ts'
import { useRowKeys } from '../../shell/use-row-keys.ts'
import { useSelection } from './use-selection.ts'
import classes from './job-list.module.css'
import type { AssetScope } from '../job-matches.ts'
import type { Job } from '@plumbline/api'

/** Narrower than this the columns do not fit, and every job becomes a card. */
const tableFromPx = 880
const rowHeightPx = 45
const cardHeightPx = 92

interface JobListProps {
  search: JobSearch
  /** What is known of the asset that the list is filtered by. */
  scope?: AssetScope | undefined
  openJobId?: string | undefined
  /** Whether the details open over this list. */
  overList: boolean
  onOpen: (job: Job) => void
  onSearch: (change: Partial<JobSearch>) => void
}

/** The virtualised list of jobs: a table where there is room, cards where there is not. */
export function JobList({ search, scope, openJobId, overList, onOpen, onSearch }: JobListProps) {
  const { list, jobs, nowMs, newCount, loadNew } = useJobList(search, scope)
  const { selection, rows: selectedRows, selectMatching, clear } = useSelection(jobs, filterKeyOf(search))
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: measured, width } = useElementSize()
  const asTable = width === 0 || width >= tableFromPx
  const rows = useDrawnRows(jobs, scroller, asTable)
  const keys = useRowKeys({
    rows: jobs,
    enabled: openJobId === undefined,
    onOpen,
    onSelect: ({ id }) => selectedRows.toggle(id),
    scrollTo: rows.scrollToIndex,
  })
  useNextPage(list, rows.getVirtualItems().at(-1)?.index ?? 0, jobs.length)

  const showNew = async (): Promise<void> => {
    await loadNew()
    scroller.current?.scrollTo({ top: 0 })
  }
  const Rows = asTable ? JobTable : JobCards
  return (
    <div className={classes.frame} ref={measured}>
      <NewJobsPill count={newCount} onClick={showNew} />
      <div className={classes.scroller} ref={scroller}>
        {list.isError && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <ListSkeleton />}
        {list.isSuccess && jobs.length === 0 && <EmptyJobs search={search} onSearch={onSearch} />}
        {jobs.length > 0 && (
          <Rows
            jobs={jobs}
            rows={rows}
            keys={keys}
            selection={selectedRows}
            openJobId={openJobId}
            overList={overList}
            search={search}
            onOpen={onOpen}
            onSearch={onSearch}
          />
        )}
        {list.isFetchingNextPage && <ListSkeleton rows={3} />}
      </div>
      <BulkBar
        selection={selection}
        jobs={jobs}
        search={search}
        nowMs={nowMs}
        complete={list.isSuccess && !list.hasNextPage}
        onSelectMatching={selectMatching}
        onClear={clear}
      />
    </div>
  )
}

/** The rows that are in sight. Other heights are taken when they become cards, or a table again. */
function useDrawnRows(jobs: readonly Job[], scroller: React.RefObject<HTMLDivElement | null>, asTable: boolean) {
  // Its methods read what they hold when they are called; no compiler memoizes them here.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: jobs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (asTable ? rowHeightPx : cardHeightPx),
    getItemKey: (index) => jobs[index]?.id ?? index,
    overscan: 12,
  })
  useEffect(() => rows.measure(), [asTable, rows])
  return rows
}

/** Reads the next page a screen before its end is reached. */
function useNextPage(
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; isError: boolean; fetchNextPage: () => Promise<unknown> },
  lastDrawn: number,
  count: number,
): void {
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list
  useEffect(() => {
    const near = lastDrawn >= count - 20
    if (near && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [lastDrawn, count, hasNextPage, isFetchingNextPage, isError, fetchNextPage])
}
