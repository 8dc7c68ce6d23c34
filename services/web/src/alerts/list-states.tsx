import { PageLoading } from '../shell/page-loading.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { ShowMore } from '../shell/show-more.tsx'

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
      <ShowMore list={list} centered />
    </>
  )
}
