import { Checkbox, Group, Pill, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { schemaChanges } from '../../api/asset-calls.ts'
import { JobLink } from '../../jobs/job-link.tsx'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { ShowMore } from '../../shell/show-more.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { counted } from '../../text/count.ts'
import { shortId } from '../../text/short-id.ts'
import { BreakingBadge, ChangeList } from './change-list.tsx'
import { ComparisonView } from './comparison-view.tsx'
import { byDiscovery, type ChangeGroup } from './group-changes.ts'
import classes from './changes.module.css'
import type { PanelProps } from './asset-panel.tsx'
import type { SchemaChangeView } from '@plumbline/api'

const views = [
  { value: 'time', label: 'Over time' },
  { value: 'compare', label: 'Compare snapshots' },
]

/** How the asset and all below it changed: discovery by discovery, or between any two of them. */
export function ChangesPanel(props: PanelProps) {
  const { search, onSearch } = props
  return (
    <Stack gap="sm">
      <SegmentedControl
        w="fit-content"
        size="xs"
        aria-label="How changes are shown"
        data={views}
        value={search.view ?? 'time'}
        onChange={(view) =>
          onSearch({ view: view === 'compare' ? 'compare' : undefined, from: undefined, to: undefined })
        }
      />
      {search.view === 'compare' ? <ComparisonView {...props} /> : <Timeline {...props} />}
    </Stack>
  )
}

/** Newest first; of one job when a job's result led here. */
function Timeline({ asset, search, onSearch }: PanelProps) {
  const breaking = search.breaking === 'only'
  const changes = useInfiniteQuery(schemaChanges(asset.id, { jobId: search.jobId, breaking }))
  const rows = changes.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <Group gap="md">
        <Checkbox
          size="xs"
          label="Only what breaks"
          checked={breaking}
          onChange={(event) => onSearch({ breaking: event.currentTarget.checked ? 'only' : undefined })}
        />
        {search.jobId !== undefined && <OfJob jobId={search.jobId} onLeave={() => onSearch({ jobId: undefined })} />}
      </Group>
      {changes.isError && <ProblemAlert error={changes.error} onRetry={() => void changes.refetch()} />}
      {changes.isPending && <PageLoading />}
      {changes.isSuccess && rows.length === 0 && <NoChanges ofJob={search.jobId !== undefined} breaking={breaking} />}
      {byDiscovery(rows).map((group, index, groups) => (
        <Discovery key={group.jobId} group={group} isWhole={!changes.hasNextPage || index < groups.length - 1} />
      ))}
      <ShowMore list={changes} />
    </>
  )
}

function OfJob({ jobId, onLeave }: { jobId: string; onLeave: () => void }) {
  return (
    <Group gap="xs">
      <Pill
        withRemoveButton
        onRemove={onLeave}
        removeButtonProps={{ 'aria-label': 'Show the changes of all jobs', 'aria-hidden': false, tabIndex: 0 }}
      >
        Found by job {shortId(jobId)}
      </Pill>
      <JobLink jobId={jobId} size="sm">
        Open the job
      </JobLink>
    </Group>
  )
}

interface DiscoveryProps {
  group: ChangeGroup<SchemaChangeView>
  /** Whether all it found is shown, and not only what came with the pages so far. */
  isWhole: boolean
}

function Discovery({ group, isWhole }: DiscoveryProps) {
  const breaking = group.changes.filter((change) => change.breaking).length
  return (
    <section aria-label={`Found by job ${shortId(group.jobId)}`}>
      <div className={classes.discovery}>
        <Text size="sm" fw={600}>
          <TimeAgo at={group.detectedAt} />
        </Text>
        <Text size="sm" c="dimmed">
          {isWhole ? counted(group.changes.length, 'change') : `the first ${counted(group.changes.length, 'change')}`}
        </Text>
        {breaking > 0 && <BreakingBadge count={breaking} />}
        <JobLink jobId={group.jobId} size="xs">
          by job {shortId(group.jobId)}
        </JobLink>
      </div>
      <Stack mt={6}>
        <ChangeList changes={group.changes} />
      </Stack>
    </section>
  )
}

function NoChanges({ ofJob, breaking }: { ofJob: boolean; breaking: boolean }) {
  return (
    <EmptyNote
      icon={IconHistory}
      title={breaking ? 'Nothing that breaks' : 'No schema changes'}
      text={
        ofJob
          ? 'This job found everything as it was before.'
          : 'What changes between one discovery and the next is listed here, with what it breaks.'
      }
    />
  )
}
