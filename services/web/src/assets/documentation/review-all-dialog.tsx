import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { everyDocumentationText, mostAtOnce, type TextFilter } from '../../api/documentation-calls.ts'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { counted } from '../../text/count.ts'
import { sureText } from './documentation-labels.ts'
import { listedItem, reviewable } from './text-item.ts'
import { useReview } from './use-review.ts'
import type { AssetDetail, DocumentationReview, ListedDocumentation } from '@plumbline/api'

interface ReviewAllDialogProps {
  asset: AssetDetail
  filter: TextFilter
  verdict: DocumentationReview['verdict']
  onClose: () => void
}

/** Counts what a filter matches before all of it is judged; what is written meanwhile is not. */
export function ReviewAllDialog({ asset, filter, verdict, onClose }: ReviewAllDialogProps) {
  const every = useQuery(everyDocumentationText(asset.id, filter))
  const review = useReview()
  const verb = verdict === 'accept' ? 'Accept' : 'Reject'
  const texts = every.data?.items ?? []
  return (
    <Modal opened onClose={onClose} title={`${verb} all that match?`}>
      <Stack>
        {every.isError && <ProblemAlert error={every.error} onRetry={() => void every.refetch()} />}
        {every.isPending && <PageLoading />}
        {every.isSuccess && <Text size="sm">{countText(texts)}</Text>}
        {every.data?.complete === false && (
          <Text size="sm">These are the first {counted(mostAtOnce, 'text')}: do the same again for the rest.</Text>
        )}
        {review.isError && <ProblemAlert error={review.error} />}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            Leave them
          </Button>
          <Button
            color={verdict === 'accept' ? 'green' : 'red'}
            disabled={texts.length === 0}
            loading={review.isPending}
            onClick={() => review.mutate({ verdict, texts: reviewable(texts.map(listedItem)) }, { onSuccess: onClose })}
          >
            {verb} {counted(texts.length, 'text')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function countText(texts: ListedDocumentation[]): string {
  const tables = new Set(texts.map(({ asset }) => asset.id)).size
  const confidences = texts.flatMap(({ confidence }) => confidence ?? [])
  const least = confidences.length === 0 ? '' : `; the least sure is ${sureText(Math.min(...confidences))}`
  return `${counted(texts.length, 'text')} of ${counted(tables, 'asset')}${least}.`
}
