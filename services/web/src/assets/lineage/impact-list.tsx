import { Alert, Button, Chip, Code, Group, Table, Text } from '@mantine/core'
import { IconMoodCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { relationKinds } from '@plumbline/workflows'
import { assetImpact } from '../../api/asset-calls.ts'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { counted } from '../../text/count.ts'
import { AssetName } from '../asset-name.tsx'
import { kindLabels } from '../kind-labels.ts'
import { dependenceLabels } from './evidence-labels.ts'
import classes from './lineage.module.css'
import type { ImpactItem } from '@plumbline/api'

/** Of an asset that is listed; the rest are in the tooltip. */
const shownColumns = 12

/** Everything that a change of the asset, or of one of its columns, would reach: the nearest first. */
export function ImpactList({ assetId, column }: { assetId: string; column: string | undefined }) {
  const [kind, setKind] = useState<string[]>([])
  const impact = useInfiniteQuery(assetImpact(assetId, { column, kind }))
  const [first] = impact.data?.pages ?? []
  if (impact.isError) return <ProblemAlert error={impact.error} onRetry={() => void impact.refetch()} />
  if (first === undefined) return <PageLoading />
  if (Object.keys(first.byKind).length === 0) {
    return (
      <EmptyNote
        icon={IconMoodCheck}
        title="Nothing downstream"
        text="As far as lineage knows, nothing depends on it."
      />
    )
  }
  return (
    <section className={classes.list} aria-label="Impact">
      <Group px="md" py="xs" gap="xs">
        <Text size="sm">{counted(first.total, 'asset')} downstream</Text>
        <Chip.Group multiple value={kind} onChange={setKind}>
          {relationKinds
            .filter((one) => first.byKind[one] !== undefined)
            .map((one) => (
              <Chip key={one} size="xs" value={one}>
                {kindLabels[one].many} {first.byKind[one]}
              </Chip>
            ))}
        </Chip.Group>
      </Group>
      {first.truncated && (
        <Alert color="yellow" radius={0} py={6}>
          There is more than can be followed: the farthest are left out.
        </Alert>
      )}
      <HeadedTable
        label="Impact"
        minWidth={640}
        headers={['Steps', 'Asset', 'Kind', 'Depends by', 'Columns affected']}
        stickyHeader
      >
        {impact.data?.pages.flatMap(({ items }) => items.map((item) => <ImpactRow key={item.asset.id} item={item} />))}
      </HeadedTable>
      {impact.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          m="md"
          loading={impact.isFetchingNextPage}
          onClick={() => void impact.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  )
}

function ImpactRow({ item }: { item: ImpactItem }) {
  const { asset, distance, columns } = item
  return (
    <Table.Tr>
      <Table.Td>{distance}</Table.Td>
      <Table.Td className={classes.breaking}>
        <AssetName asset={asset} linked />
      </Table.Td>
      <Table.Td>{kindLabels[asset.kind].one}</Table.Td>
      <Table.Td>{dependenceLabels[item.use]}</Table.Td>
      <Table.Td title={columns.join(', ')}>
        {columns.slice(0, shownColumns).map((column) => (
          <Code key={column} mr={4}>
            {column}
          </Code>
        ))}
        {columns.length > shownColumns && (
          <Text span size="xs" c="dimmed">
            and {columns.length - shownColumns} more
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
