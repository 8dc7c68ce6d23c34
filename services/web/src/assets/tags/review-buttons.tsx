import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { assetKeys } from '../../api/asset-calls.ts'
import { useMay } from '../../api/me.ts'
import { asProblem } from '../../api/problem.ts'
import { reviewTags } from '../../api/tag-calls.ts'
import type { TagReview } from '@plumbline/api'

/** As many as the API takes at once. */
const mostAtOnce = 500

interface ReviewButtonsProps {
  tags: TagReview['tags']
  /** What is judged, for those who do not see where the buttons stand. */
  what: string
  onDone?: () => void
}

/** Accepts tags, which keeps them whatever later runs find, or rejects them for good. */
export function ReviewButtons({ tags, what, onDone }: ReviewButtonsProps) {
  const queryClient = useQueryClient()
  const decision = useMay('operator')
  const review = useMutation({
    mutationFn: async (verdict: TagReview['verdict']) => {
      for (let start = 0; start < tags.length; start += mostAtOnce)
        // One after the other: together they would be more than the server takes from one person at once.
        // oxlint-disable-next-line no-await-in-loop
        await reviewTags({ verdict, tags: tags.slice(start, start + mostAtOnce) })
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: assetKeys.all })
      onDone?.()
    },
  })
  const button = (verdict: TagReview['verdict'], label: string) => (
    <Tooltip label={decision.allowed ? `${label} ${what}` : decision.reason}>
      <ActionIcon
        size="sm"
        variant="light"
        color={verdict === 'accept' ? 'green' : 'red'}
        aria-label={`${label} ${what}`}
        aria-disabled={!decision.allowed}
        loading={review.isPending}
        onClick={() => {
          if (decision.allowed) review.mutate(verdict)
        }}
      >
        {verdict === 'accept' ? <IconCheck size={14} /> : <IconX size={14} />}
      </ActionIcon>
    </Tooltip>
  )
  return (
    <Group gap={4} wrap="nowrap">
      {button('accept', 'Accept')}
      {button('reject', 'Reject')}
      {review.isError && (
        <Text size="xs" c="red" role="alert">
          {asProblem(review.error).title}
        </Text>
      )}
    </Group>
  )
}
