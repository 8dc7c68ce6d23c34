import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import { toggledSort, type JobSearch, type JobSort } from '../job-search.ts'
import { columnWidths, features, jobColumns, sortOfColumn } from './job-columns.tsx'
import { spacers, type JobRowsProps } from './job-rows.ts'
import { SelectAllBox, SelectBox } from './select-box.tsx'
import { useRowFocus } from '../../shell/use-row-focus.ts'
import classes from './job-list.module.css'
import type { RowSelection } from './use-selection.ts'
import type { Job } from '@plumbline/api'
import type { ReactNode } from 'react'

const selectWidthPx = 40

export function JobTable(props: JobRowsProps) {
  const { jobs, rows, keys, selection, openJobId, overList, search, onOpen, onSearch } = props
  const columns = useMemo(() => jobColumns(overList), [overList])
  const table = useTable({ features, columns, data: jobs, getRowId: (job) => job.id })
  const tableRows = table.getRowModel().rows
  const { above, below } = spacers(rows)
  return (
    <table className={classes.table} aria-label="Jobs" aria-rowcount={jobs.length + 1}>
      <colgroup>
        <col style={{ width: selectWidthPx }} />
        {columns.map(({ id = '' }) => (
          <col key={id} style={{ width: columnWidths[id] }} />
        ))}
      </colgroup>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            <th scope="col">
              <SelectAllBox selection={selection} />
            </th>
            {group.headers.map((header) => (
              <HeaderCell key={header.id} column={header.id} search={search} onSearch={onSearch}>
                <table.FlexRender header={header} />
              </HeaderCell>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        <tr aria-hidden style={{ height: above }} />
        {rows.getVirtualItems().map(({ index }) => {
          const row = tableRows[index]
          if (row === undefined) return null
          const job = row.original
          return (
            <BodyRow
              key={row.id}
              index={index}
              focus={keys.active?.id === job.id && keys.active.focus}
              tabStop={keys.tabStop === index}
              open={openJobId === job.id}
              selected={selection.has(job.id)}
              onOpen={() => onOpen(job)}
              onKeyDown={(event) => keys.onRowKeyDown(event, job)}
              onFocus={() => keys.onRowFocus(job)}
            >
              <SelectCell job={job} selection={selection} />
              {row.getAllCells().map((cell) => (
                <td key={cell.id}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </BodyRow>
          )
        })}
        <tr aria-hidden style={{ height: below }} />
      </tbody>
    </table>
  )
}

interface HeaderCellProps {
  column: string
  search: JobSearch
  onSearch: (change: Partial<JobSearch>) => void
  children: ReactNode
}

function HeaderCell({ column, search, onSearch, children }: HeaderCellProps) {
  const sort = sortOfColumn[column]
  if (sort === undefined) return <th scope="col">{children}</th>
  const direction = directionOf(search, sort)
  return (
    <th scope="col" aria-sort={direction}>
      <UnstyledButton fz="inherit" fw="inherit" onClick={() => onSearch(toggledSort(search, sort))}>
        {children} {direction === 'descending' && <IconArrowDown size={13} aria-hidden />}
        {direction === 'ascending' && <IconArrowUp size={13} aria-hidden />}
      </UnstyledButton>
    </th>
  )
}

function directionOf(search: JobSearch, sort: JobSort): 'ascending' | 'descending' | 'none' {
  if ((search.sort ?? 'createdAt') !== sort) return 'none'
  return search.order === 'asc' ? 'ascending' : 'descending'
}

interface BodyRowProps {
  index: number
  focus: boolean
  tabStop: boolean
  open: boolean
  selected: boolean
  onOpen: () => void
  onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => void
  onFocus: () => void
  children: ReactNode
}

function BodyRow(props: BodyRowProps) {
  const { index, focus, tabStop, open, selected, onOpen, onKeyDown, onFocus, children } = props
  const ref = useRowFocus<HTMLTableRowElement>(focus)
  return (
    <tr
      ref={ref}
      aria-rowindex={index + 2}
      tabIndex={tabStop ? 0 : -1}
      data-open={open || undefined}
      data-selected={selected || undefined}
      onClick={(event) => {
        if (!event.defaultPrevented) onOpen()
      }}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget) onFocus()
      }}
    >
      {children}
    </tr>
  )
}

/** A click beside the box means the box: it is small. */
function SelectCell({ job, selection }: { job: Job; selection: RowSelection }) {
  return (
    <td
      onClick={(event) => {
        event.stopPropagation()
        selection.toggle(job.id, event.shiftKey)
      }}
    >
      <SelectBox job={job} selection={selection} />
    </td>
  )
}
