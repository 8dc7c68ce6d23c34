import { Badge, Button, Code, Group, Pill, Stack, Table, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowRight, IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { schemaChanges } from '../../api/asset-calls.ts'
import { JobLink } from '../../jobs/job-link.tsx'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { shortId } from '../../text/short-id.ts'
import { AssetName } from '../asset-name.tsx'
import { changeLabels } from './change-labels.ts'
import type { PanelProps } from './asset-panel.tsx'
import type { SchemaChangeView } from '@plumbline/api'

/** How the asset and all below it changed, newest first; of one job when a job's result led here. */
export function ChangesPanel({ asset, search, onSearch }: PanelProps) {
  const changes = useInfiniteQuery(schemaChanges(asset.id, { jobId: search.jobId }))
  const rows = changes.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="sm">
      {search.jobId !== undefined && (
        <Group gap="xs">
          <Pill
            withRemoveButton
            onRemove={() => onSearch({ jobId: undefined })}
            removeButtonProps={{ 'aria-label': 'Show the changes of all jobs', 'aria-hidden': false, tabIndex: 0 }}
          >
            Found by job {shortId(search.jobId)}
          </Pill>
          <JobLink jobId={search.jobId} size="sm">
            Open the job
          </JobLink>
        </Group>
      )}
      {changes.isError && <ProblemAlert error={changes.error} onRetry={() => void changes.refetch()} />}
      {changes.isPending && <PageLoading />}
      {changes.isSuccess && rows.length === 0 && <NoChanges ofJob={search.jobId !== undefined} />}
      {rows.length > 0 && <ChangeTable changes={rows} />}
      {changes.hasNextPage && (
        <Button variant="default" loading={changes.isFetchingNextPage} onClick={() => void changes.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Stack>
  )
}

function NoChanges({ ofJob }: { ofJob: boolean }) {
  return (
    <EmptyNote
      icon={IconHistory}
      title="No schema changes"
      text={
        ofJob
          ? 'This job found everything as it was before.'
          : 'What changes between one discovery and the next is listed here, with what it breaks.'
      }
    />
  )
}

function ChangeTable({ changes }: { changes: SchemaChangeView[] }) {
  return (
    <HeadedTable label="Schema changes" minWidth={720} headers={['Change', 'Asset', 'Before and after', 'Found']}>
      {changes.map((change) => (
        <Table.Tr key={change.id}>
          <Table.Td>
            <Group gap={6}>
              <Text size="sm">{changeLabels[change.kind]}</Text>
              {change.breaking && (
                <Badge
                  color="red"
                  variant="light"
                  tt="none"
                  leftSection={<IconAlertTriangle size={12} aria-hidden />}
                  style={{ flexShrink: 0 }}
                >
                  Breaking
                </Badge>
              )}
            </Group>
          </Table.Td>
          <Table.Td>
            <AssetName asset={change.asset} linked />
            {change.column !== null && (
              <Text size="xs" c="dimmed" pl={22}>
                column <b>{change.column}</b>
              </Text>
            )}
          </Table.Td>
          <Table.Td>
            <BeforeAfter before={change.before} after={change.after} />
          </Table.Td>
          <Table.Td>
            <TimeAgo at={change.detectedAt} />{' '}
            <JobLink jobId={change.jobId} size="xs" ff="monospace">
              {shortId(change.jobId)}
            </JobLink>
          </Table.Td>
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}

function BeforeAfter({ before, after }: { before: string | null; after: string | null }) {
  return (
    <Group gap={6}>
      {before !== null && <Code>{before}</Code>}
      {before !== null && after !== null && <IconArrowRight size={14} aria-label="became" />}
      {after !== null && <Code>{after}</Code>}
    </Group>
  )
}
