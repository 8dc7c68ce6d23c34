import { useElementSize } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { scheduleList } from '../api/schedule-calls.ts'
import { PageHeader } from '../shell/page-header.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { ShowMore } from '../shell/show-more.tsx'
import { readersZone } from '../text/time.ts'
import { ScheduleDialog } from './editor/schedule-dialog.tsx'
import { emptyForm } from './editor/schedule-form-state.ts'
import { AddScheduleButton } from './list/add-schedule-button.tsx'
import { EmptySchedules } from './list/empty-schedules.tsx'
import { ScheduleCards } from './list/schedule-cards.tsx'
import { ScheduleFilters } from './list/schedule-filters.tsx'
import { ScheduleTable } from './list/schedule-table.tsx'
import { ScheduleActionsProvider } from './schedule-actions.tsx'
import { schedulesQuery, type SchedulesSearch } from './schedules-search.ts'
import classes from './schedules.module.css'

const route = getRouteApi('/schedules')

/** Narrower than this the columns do not fit, and every schedule becomes a card. */
const tableFromPx = 880

/** What runs by itself: when next, and how it went last. */
export function SchedulesPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const change = (next: Partial<SchedulesSearch>): void => {
    void navigate({ to: '/schedules', search: { ...search, ...next }, replace: true })
  }
  const add = (): void => change({ add: 'open' })
  return (
    <ScheduleActionsProvider>
      <PageHeader title="Schedules">
        <AddScheduleButton onClick={add} />
      </PageHeader>
      <ScheduleFilters search={search} onSearch={change} />
      <ScheduleList search={search} onAdd={add} onSearch={change} />
      {search.add !== undefined && (
        <ScheduleDialog
          begin={{ form: emptyForm('schema_discovery', readersZone()) }}
          onClose={() => change({ add: undefined })}
          onSaved={({ id }) => void navigate({ to: '/schedules/$scheduleId', params: { scheduleId: id } })}
        />
      )}
    </ScheduleActionsProvider>
  )
}

interface ScheduleListProps {
  search: SchedulesSearch
  onAdd: () => void
  onSearch: (change: Partial<SchedulesSearch>) => void
}

function ScheduleList({ search, onAdd, onSearch }: ScheduleListProps) {
  const list = useInfiniteQuery(scheduleList(schedulesQuery(search)))
  const schedules = list.data?.pages.flatMap((page) => page.items) ?? []
  const { ref, width } = useElementSize()
  const Rows = width === 0 || width >= tableFromPx ? ScheduleTable : ScheduleCards
  return (
    <div className={classes.list} ref={ref}>
      {list.isError && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <PageLoading />}
      {list.isSuccess && schedules.length === 0 && (
        <EmptySchedules
          filtered={search.assetId !== undefined || search.connectionId !== undefined}
          onAdd={onAdd}
          onClear={() => onSearch({ assetId: undefined, connectionId: undefined })}
        />
      )}
      {schedules.length > 0 && <Rows schedules={schedules} />}
      <ShowMore list={list} centered />
    </div>
  )
}
