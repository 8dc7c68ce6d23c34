import { Skeleton, Stack } from '@mantine/core'

export function ListSkeleton({ rows = 12 }: { rows?: number }) {
  return (
    <Stack gap={12} px="md" py="sm" role="status" aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={20} width={`${96 - ((row * 7) % 20)}%`} />
      ))}
    </Stack>
  )
}
