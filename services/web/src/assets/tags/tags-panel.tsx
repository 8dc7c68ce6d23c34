import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconDownload, IconTags } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { assetTags, openTagExport, tagSummary, type TagQuery } from '../../api/tag-calls.ts'
import { downloads } from '../../files/download.ts'
import { memorySink } from '../../files/sinks.ts'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { ShowMore } from '../../shell/show-more.tsx'
import { counted } from '../../text/count.ts'
import { KindsTable } from './kinds-table.tsx'
import { TagChanges } from './tag-changes.tsx'
import { TagReviewTable } from './tag-review-table.tsx'
import type { AssetDetail, TagSummary } from '@plumbline/api'

const views = ['all', 'open', 'decided', 'changes'] as const
type View = (typeof views)[number]

/** The tags of the asset and of all below it: how many and how sure, what waits for a person, what the last run changed. */
export function TagsPanel({ asset }: { asset: AssetDetail }) {
  const summary = useQuery(tagSummary(asset.id))
  const [view, setView] = useState<View>('all')
  const [tag, setTag] = useState<string>()
  if (summary.isError) return <ProblemAlert error={summary.error} onRetry={() => void summary.refetch()} />
  if (summary.isPending) return <PageLoading />
  const { columns, lastJobId } = summary.data
  if (columns === 0 && lastJobId === null) {
    return (
      <EmptyNote
        icon={IconTags}
        title="No tags"
        text="No column here looks like personal or sensitive data, or tags were not generated yet."
      />
    )
  }
  const query: TagQuery = {
    tag,
    ...(view === 'open' && { review: 'open', category: 'pii' }),
    ...(view === 'decided' && { review: 'decided' }),
  }
  return (
    <Stack>
      <KindsTable kinds={summary.data.kinds} chosen={tag} onChoose={setTag} />
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="Which tags"
          data={labelled(summary.data)}
          value={view}
          onChange={(next) => setView(views.find((one) => one === next) ?? 'all')}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => void save(asset, query)}
        >
          Export CSV
        </Button>
      </Group>
      {view === 'changes' ? <TagChanges asset={asset} jobId={lastJobId} /> : <TagList asset={asset} query={query} />}
    </Stack>
  )
}

const labelled = ({ columns, open }: TagSummary): { value: View; label: string }[] => [
  { value: 'all', label: `All ${columns}` },
  { value: 'open', label: `To review ${open}` },
  { value: 'decided', label: 'Decided by people' },
  { value: 'changes', label: 'Changed last time' },
]

const save = (asset: AssetDetail, query: TagQuery): Promise<void> => {
  const name = 'tags.csv'
  const open = (signal: AbortSignal) => openTagExport(asset.id, query, signal)
  return downloads.start({ name, open, sink: memorySink(name, 'text/csv') })
}

function TagList({ asset, query }: { asset: AssetDetail; query: TagQuery }) {
  const tags = useInfiniteQuery(assetTags(asset.id, query))
  if (tags.isError) return <ProblemAlert error={tags.error} onRetry={() => void tags.refetch()} />
  if (tags.isPending) return <PageLoading />
  const columns = tags.data.pages.flatMap((page) => page.items)
  if (columns.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {query.review === 'open' ? 'Nothing waits for a review.' : 'No column has such a tag.'}
      </Text>
    )
  }
  return (
    <>
      <TagReviewTable asset={asset} columns={columns} />
      <ShowMore list={tags}>Show more than {counted(columns.length, 'column')}</ShowMore>
    </>
  )
}
