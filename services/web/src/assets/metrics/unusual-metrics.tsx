import { Group, Text, UnstyledButton } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { unusualMetrics } from '../../api/metric-calls.ts'
import { counted } from '../../text/count.ts'
import type { AssetDetail } from '@plumbline/api'

/** Beside the name of an asset: how many of its metrics are out of their expected range now. Nothing, where none is. */
export function UnusualMetrics({ asset, onOpen }: { asset: Pick<AssetDetail, 'id'>; onOpen: () => void }) {
  const { data } = useQuery(unusualMetrics(asset.id))
  if (data === undefined || data.items.length === 0) return null
  const many = data.nextCursor === null ? '' : 'More than '
  return (
    <UnstyledButton onClick={onOpen}>
      <Group gap={6} wrap="nowrap" w="fit-content">
        <IconChartLine
          size={17}
          color="light-dark(var(--mantine-color-red-8), var(--mantine-color-red-5))"
          aria-hidden
        />
        <Text span size="sm" fw={500}>
          {`${many}${counted(data.items.length, 'unusual metric')}`}
        </Text>
      </Group>
    </UnstyledButton>
  )
}
