import { Skeleton, Stack } from '@mantine/core'

export function PageLoading() {
  return (
    <Stack p="md" role="status" aria-busy="true" aria-label="Loading">
      <Skeleton height={28} width={180} />
      <Skeleton height={18} />
      <Skeleton height={18} width="80%" />
      <Skeleton height={18} width="90%" />
    </Stack>
  )
}
