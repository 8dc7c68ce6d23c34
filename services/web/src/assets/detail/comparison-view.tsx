import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowRight, IconEqual, IconFlag } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { acceptBaseline, assetKeys, schemaComparison, snapshots } from '../../api/asset-calls.ts'
import { useMay } from '../../api/me.ts'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { GatedButton } from '../../shell/gated-button.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { counted } from '../../text/count.ts'
import { BreakingBadge, ChangeList } from './change-list.tsx'
import { incompleteSchemas, snapshotLabel } from './snapshot-label.ts'
import type { PanelProps } from './asset-panel.tsx'
import type { Comparison, Snapshot } from '@plumbline/api'

/** What is different between two snapshots: the accepted one and the newest, until others are chosen. */
export function ComparisonView({ asset, search, onSearch }: PanelProps) {
  const list = useInfiniteQuery(snapshots(asset.id))
  const all = list.data?.pages.flatMap((page) => page.items) ?? []
  const comparison = useQuery({
    ...schemaComparison(asset.id, { from: search.from, to: search.to }),
    enabled: all.length > 0,
  })
  if (list.isPending) return <PageLoading />
  if (list.isError) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
  if (all.length === 0) {
    return (
      <EmptyNote
        icon={IconEqual}
        title="No snapshot yet"
        text="Every discovery that completes keeps one. Discover the database now, and again later to see what changed."
      />
    )
  }
  const { data, error } = comparison
  return (
    <Stack gap="sm">
      <Group gap="xs" align="flex-end">
        <SnapshotSelect label="From" all={all} chosen={data?.from} onChoose={(from) => onSearch({ from })} />
        <IconArrowRight size={16} aria-hidden style={{ marginBottom: 9 }} />
        <SnapshotSelect label="To" all={all} chosen={data?.to} onChoose={(to) => onSearch({ to })} />
        {list.hasNextPage && (
          <Button
            size="xs"
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Offer older snapshots too
          </Button>
        )}
        {data !== undefined && <AcceptButton assetId={asset.id} snapshot={data.to} />}
      </Group>
      {error !== null && <ProblemAlert error={error} onRetry={() => void comparison.refetch()} />}
      {comparison.isPending && <PageLoading />}
      {data !== undefined && <Outcome comparison={data} />}
    </Stack>
  )
}

interface SnapshotSelectProps {
  label: string
  all: Snapshot[]
  /** As the server chose it when nobody has. */
  chosen: Snapshot | undefined
  onChoose: (jobId: string | undefined) => void
}

function SnapshotSelect({ label, all, chosen, onChoose }: SnapshotSelectProps) {
  const known = chosen === undefined || all.some(({ jobId }) => jobId === chosen.jobId) ? all : [...all, chosen]
  return (
    <Select
      size="xs"
      w={350}
      searchable
      allowDeselect={false}
      label={label}
      data={known.map((snapshot) => ({ value: snapshot.jobId, label: snapshotLabel(snapshot) }))}
      value={chosen?.jobId ?? null}
      onChange={(jobId) => onChoose(jobId ?? undefined)}
    />
  )
}

function AcceptButton({ assetId, snapshot }: { assetId: string; snapshot: Snapshot }) {
  const may = useMay('operator')
  const queryClient = useQueryClient()
  const accept = useMutation({
    mutationFn: () => acceptBaseline(assetId, snapshot.jobId),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: assetKeys.all })
      notifications.show({ color: 'teal', message: 'Accepted: later snapshots are compared with this one' })
    },
    onError: (error) => notifications.show({ color: 'red', title: 'Not accepted', message: error.message }),
  })
  return (
    <GatedButton
      size="xs"
      variant="default"
      leftSection={<IconFlag size={14} aria-hidden />}
      loading={accept.isPending}
      decision={snapshot.baseline === null ? may : { allowed: false, reason: 'It is the baseline already' }}
      onClick={() => accept.mutate()}
    >
      Accept as new baseline
    </GatedButton>
  )
}

function Outcome({ comparison }: { comparison: Comparison }) {
  const { from, to, changes, breaking, outOfScope, truncated } = comparison
  const incomplete = [...new Set([...incompleteSchemas(from), ...incompleteSchemas(to)])]
  return (
    <>
      {incomplete.length > 0 && (
        <Alert color="yellow" title="Not read whole">
          In {incomplete.join(', ')} nothing was taken as removed.
        </Alert>
      )}
      {outOfScope > 0 && (
        <Alert color="blue">
          {counted(outOfScope, 'table or view', 'tables and views')} left out: found by one of the two, while by the
          other nobody had looked for them.
        </Alert>
      )}
      <Group gap="xs">
        <Text size="sm">{changes.length === 0 ? 'Nothing is different.' : counted(changes.length, 'difference')}</Text>
        {breaking > 0 && <BreakingBadge count={breaking} />}
        {truncated && (
          <Text size="sm" c="dimmed">
            Of the first 1,000 assets that differ: open a schema or table to see the rest.
          </Text>
        )}
      </Group>
      <ChangeList changes={changes} />
    </>
  )
}
