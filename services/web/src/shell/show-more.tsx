import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'

interface ShowMoreProps {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
  centered?: boolean
  children?: ReactNode
}

/** Below a list that is read page by page, while it has more of them. */
export function ShowMore({ list, centered = false, children = 'Show more' }: ShowMoreProps) {
  if (!list.hasNextPage) return null
  const button = (
    <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {children}
    </Button>
  )
  return centered ? (
    <Group justify="center" py="md">
      {button}
    </Group>
  ) : (
    button
  )
}
