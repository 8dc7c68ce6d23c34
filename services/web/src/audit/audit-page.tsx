import { Button, Group, Select } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { auditList } from '../api/audit-calls.ts'
import { dateRanges, type DateRange } from '../jobs/job-search.ts'
import { dateRangeLabels } from '../jobs/labels.ts'
import { usePinnedNow } from '../live/use-pinned-now.ts'
import { EmptyNote } from '../shell/empty-note.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SearchField } from '../shell/search-field.tsx'
import { actionLabels } from './action-labels.ts'
import { auditActionNames, auditQuery, type AuditSearch } from './audit-search.ts'
import { AuditCards } from './audit-cards.tsx'
import { AuditTable } from './audit-table.tsx'
import classes from './audit.module.css'

const route = getRouteApi('/audit')
const rangeNames = Object.keys(dateRanges).filter((name): name is DateRange => Object.hasOwn(dateRanges, name))

/** Narrower than this, entries are cards. */
const tableFromPx = 720

/** Who did what, newest first. Entries are only ever added. */
export function AuditPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const audit = useInfiniteQuery(auditList(auditQuery(search, usePinnedNow(search.range))))
  const { ref, width } = useElementSize()
  const Entries = width === 0 || width >= tableFromPx ? AuditTable : AuditCards
  const entries = audit.data?.pages.flatMap((page) => page.items) ?? []
  const change = (next: Partial<AuditSearch>): void => {
    void navigate({ to: '/audit', search: { ...search, ...next }, replace: true })
  }
  return (
    <>
      <PageHeader title="Audit" />
      <AuditFilters search={search} onSearch={change} />
      <div className={classes.list} ref={ref}>
        {audit.isError && <ProblemAlert error={audit.error} onRetry={() => void audit.refetch()} />}
        {audit.isPending && <PageLoading />}
        {audit.isSuccess && entries.length === 0 && (
          <EmptyNote
            icon={IconHistory}
            title="No entries"
            text="What people and programs start, stop and change is kept here for ever. Loosen the filters if there should be some."
          />
        )}
        {entries.length > 0 && <Entries entries={entries} onTarget={(targetId) => change({ targetId })} />}
        {audit.hasNextPage && (
          <Group justify="center" py="md">
            <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
              Show older entries
            </Button>
          </Group>
        )}
      </div>
    </>
  )
}

interface AuditFiltersProps {
  search: AuditSearch
  onSearch: (change: Partial<AuditSearch>) => void
}

function AuditFilters({ search, onSearch }: AuditFiltersProps) {
  return (
    <Group px="md" pb="xs" gap="xs">
      <SearchField
        label="By whom, exactly"
        placeholder="By whom (exact name)"
        width={220}
        value={search.actor ?? ''}
        onSearch={(actor) => onSearch({ actor: actor === '' ? undefined : actor })}
      />
      <Select
        size="xs"
        w={190}
        aria-label="Action"
        placeholder="Any action"
        clearable
        data={auditActionNames.map((action) => ({ value: action, label: actionLabels[action] }))}
        value={search.action ?? null}
        onChange={(action) => onSearch({ action: action ?? undefined })}
      />
      <Select
        size="xs"
        w={160}
        aria-label="Time"
        placeholder="At any time"
        clearable
        data={rangeNames.map((range) => ({ value: range, label: dateRangeLabels[range] }))}
        value={search.range ?? null}
        onChange={(range) => onSearch({ range: range ?? undefined })}
      />
      {search.targetId !== undefined && (
        <Button size="xs" variant="light" onClick={() => onSearch({ targetId: undefined })}>
          One target only: show all
        </Button>
      )}
    </Group>
  )
}
