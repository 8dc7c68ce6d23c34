import { Badge, Button, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { tagChanges } from '../../api/tag-calls.ts'
import { GivenName } from '../../shell/given-name.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { tagLabel } from '../../text/tag-label.ts'
import { AssetName } from '../asset-name.tsx'
import type { AssetDetail } from '@plumbline/api'

/** What the last run that changed anything here added and removed. */
export function TagChanges({ asset, jobId }: { asset: AssetDetail; jobId: string | null }) {
  if (jobId === null) return <Text size="sm">No run has changed a tag here.</Text>
  return <ChangesOf asset={asset} jobId={jobId} />
}

function ChangesOf({ asset, jobId }: { asset: AssetDetail; jobId: string }) {
  const changes = useInfiniteQuery(tagChanges(asset.id, jobId))
  if (changes.isError) return <ProblemAlert error={changes.error} onRetry={() => void changes.refetch()} />
  if (changes.isPending) return <PageLoading />
  return (
    <>
      <HeadedTable label="Changed tags" minWidth={420} headers={['Table', 'Column', 'Tag', 'Change']}>
        {changes.data.pages
          .flatMap((page) => page.items)
          .map((change) => (
            <Table.Tr key={`${change.asset.id}:${change.column}:${change.tag}:${change.kind}`}>
              <Table.Td>
                <AssetName asset={change.asset} linked />
              </Table.Td>
              <Table.Td>
                <GivenName>{change.column}</GivenName>
              </Table.Td>
              <Table.Td title={change.tag}>{tagLabel(change.tag)}</Table.Td>
              <Table.Td>
                <Badge variant="light" color={change.kind === 'added' ? 'green' : 'gray'} tt="none">
                  {change.kind}
                </Badge>
              </Table.Td>
            </Table.Tr>
          ))}
      </HeadedTable>
      {changes.hasNextPage && (
        <Button variant="default" onClick={() => void changes.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}
