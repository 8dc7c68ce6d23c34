import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { IconTags } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { assetTags } from '../../api/asset-calls.ts'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { AssetName } from '../asset-name.tsx'
import { TagBadge } from './tag-badge.tsx'
import type { AssetDetail, ColumnTags } from '@plumbline/api'

/** Every tagged column of the asset and of all below it, with the evidence written out. */
export function TagsPanel({ asset }: { asset: AssetDetail }) {
  const tags = useInfiniteQuery(assetTags(asset.id))
  if (tags.isError) return <ProblemAlert error={tags.error} onRetry={() => void tags.refetch()} />
  if (tags.isPending) return <PageLoading />
  const columns = tags.data.pages.flatMap((page) => page.items)
  if (columns.length === 0) {
    return (
      <EmptyNote
        icon={IconTags}
        title="No tags"
        text="No column here looks like personal or sensitive data, or tags were not generated yet."
      />
    )
  }
  const below = asset.kind === 'database' || asset.kind === 'schema'
  return (
    <Stack>
      <Table.ScrollContainer minWidth={520}>
        <Table verticalSpacing={6} aria-label="Tags">
          <Table.Thead>
            <Table.Tr>
              {below && <Table.Th>Table</Table.Th>}
              <Table.Th>Column</Table.Th>
              <Table.Th>Tags</Table.Th>
              <Table.Th>Why</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map((column) => (
              <TaggedColumn key={`${column.asset.id}:${column.column}`} tagged={column} below={below} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {tags.hasNextPage && (
        <Button variant="default" loading={tags.isFetchingNextPage} onClick={() => void tags.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Stack>
  )
}

function TaggedColumn({ tagged, below }: { tagged: ColumnTags; below: boolean }) {
  return (
    <Table.Tr>
      {below && (
        <Table.Td>
          <AssetName asset={tagged.asset} linked />
        </Table.Td>
      )}
      <Table.Td fw={500}>{tagged.column}</Table.Td>
      <Table.Td>
        <Group gap={4}>
          {tagged.tags.map((tag) => (
            <TagBadge key={tag.tag} tag={tag} />
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <Text size="xs" c="dimmed">
          {[...new Set(tagged.tags.flatMap(({ evidence }) => evidence))].join('; ')}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}
