import { Group, Stack, Table, Text } from '@mantine/core'
import { IconFolderOff } from '@tabler/icons-react'
import { assetKinds, jobDefinition } from '@plumbline/workflows'
import { useQuery } from '@tanstack/react-query'
import { assetChildren, childrenLimit } from '../../api/asset-calls.ts'
import { AssetName } from '../asset-name.tsx'
import { kindLabels } from '../kind-labels.ts'
import { AssetKindIcon } from '../asset-kind.tsx'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { JobStatusMark } from '../../jobs/job-status.tsx'
import { JobLink } from '../../jobs/job-link.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { numberText } from '../../text/count.ts'
import type { AssetDetail } from '@plumbline/api'

/** What lies in a database or schema, in figures and by name, and when it was looked at last. */
export function ContentsPanel({ asset }: { asset: AssetDetail }) {
  const children = useQuery(assetChildren(asset.id))
  return (
    <Stack gap="lg">
      <Counts asset={asset} />
      <LastJobs asset={asset} />
      {children.isError && <ProblemAlert error={children.error} onRetry={() => void children.refetch()} />}
      {children.isPending && <PageLoading />}
      {children.data?.items.length === 0 && (
        <EmptyNote
          icon={IconFolderOff}
          title="Nothing found here yet"
          text="Discover the database: its schemas, tables and views appear here."
        />
      )}
      {children.data !== undefined && children.data.items.length > 0 && (
        <Table verticalSpacing={6} aria-label="Contents">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Kind</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {children.data.items.map((child) => (
              <Table.Tr key={child.id}>
                <Table.Td>
                  <AssetName asset={{ ...child, qualifiedName: child.name }} linked />
                </Table.Td>
                <Table.Td>{kindLabels[child.kind].one}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {children.data?.complete === false && (
        <Text size="sm" c="dimmed">
          The first {numberText(childrenLimit)}; filter at the left to find the others.
        </Text>
      )}
    </Stack>
  )
}

function Counts({ asset }: { asset: AssetDetail }) {
  const counts = assetKinds.flatMap((kind) => {
    const count = asset.childCounts[kind] ?? 0
    return count === 0 ? [] : [{ kind, count }]
  })
  if (counts.length === 0) return null
  return (
    <Group gap="xl">
      {counts.map(({ kind, count }) => (
        <Group key={kind} gap="xs">
          <AssetKindIcon kind={kind} size={20} />
          <div>
            <Text fw={600} lh={1.1}>
              {numberText(count)}
            </Text>
            <Text size="xs" c="dimmed">
              {count === 1 ? kindLabels[kind].one : kindLabels[kind].many}
            </Text>
          </div>
        </Group>
      ))}
    </Group>
  )
}

function LastJobs({ asset }: { asset: AssetDetail }) {
  if (asset.lastJobs.length === 0) return null
  return (
    <Group gap="xl">
      {asset.lastJobs.map((job) => (
        <div key={job.id}>
          <Text size="xs" c="dimmed">
            Last {jobDefinition(job.type).label.toLowerCase()}
          </Text>
          <Group gap="xs">
            <JobStatusMark job={job} warned />
            <JobLink size="sm" jobId={job.id}>
              <TimeAgo at={job.createdAt} />
            </JobLink>
          </Group>
        </div>
      ))}
    </Group>
  )
}
