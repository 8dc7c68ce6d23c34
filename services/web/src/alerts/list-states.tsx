import { Button, Group } from '@mantine/core'
import { PageLoading } from '../shell/page-loading.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'

interface ListStatesProps {
  list: {
    isPending: boolean
    error: Error | null
    hasNextPage: boolean
    isFetchingNextPage: boolean
    refetch: () => Promise<unknown>
    fetchNextPage: () => Promise<unknown>
  }
}

/** What a list read page by page says beside its rows: that it is read, that it failed, that there is more. */
export function ListStates({ list }: ListStatesProps) {
  return (
    <>
      {list.error !== null && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <PageLoading />}
      {list.hasNextPage && (
        <Group justify="center" py="md">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
    </>
  )
}
