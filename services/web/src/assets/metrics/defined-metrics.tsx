import { ActionIcon, Group, Stack, Table, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { deleteMetric, definedMetrics, metricKeys } from '../../api/metric-calls.ts'
import { useMay } from '../../api/me.ts'
import { DeleteConfirmation } from '../../shell/delete-confirmation.tsx'
import { GatedButton } from '../../shell/gated-button.tsx'
import { GivenName } from '../../shell/given-name.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { useRemoval } from '../../shell/use-removal.ts'
import { LastOutcome } from './last-outcome.tsx'
import { MetricDialog } from './metric-dialog.tsx'
import type { AssetDetail, Metric } from '@plumbline/api'

type Open = { kind: 'edit'; metric: Metric | undefined } | { kind: 'delete'; metric: Metric } | null

/** What people defined on a table, and the way to define more. */
export function DefinedMetrics({ asset }: { asset: AssetDetail }) {
  const may = useMay('admin')
  const { data: metrics = [] } = useQuery(definedMetrics(asset.id))
  const [open, setOpen] = useState<Open>(null)
  return (
    <Stack gap="xs">
      <Group>
        <GatedButton
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          decision={may}
          onClick={() => setOpen({ kind: 'edit', metric: undefined })}
        >
          Define a metric
        </GatedButton>
      </Group>
      {metrics.length > 0 && (
        <HeadedTable
          label="Defined metrics"
          minWidth={640}
          headers={['Metric', 'What it measures', 'Last measured', '']}
        >
          {metrics.map((metric) => (
            <MetricRow key={metric.id} metric={metric} mayChange={may.allowed} onOpen={setOpen} />
          ))}
        </HeadedTable>
      )}
      {open?.kind === 'edit' && <MetricDialog asset={asset} metric={open.metric} onClose={() => setOpen(null)} />}
      {open?.kind === 'delete' && <DeleteMetric metric={open.metric} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

interface MetricRowProps {
  metric: Metric
  mayChange: boolean
  onOpen: (open: Open) => void
}

function MetricRow({ metric, mayChange, onOpen }: MetricRowProps) {
  return (
    <Table.Tr>
      <Table.Td fw={500}>
        <GivenName>{metric.name}</GivenName>
      </Table.Td>
      <Table.Td>
        <Text size="xs" c="dimmed" ff="monospace" lineClamp={1}>
          {metric.spec.kind === 'sql' ? metric.spec.sql : `duplicates of ${metric.spec.columns.join(', ')}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <LastOutcome metric={metric} />
      </Table.Td>
      <Table.Td>
        {mayChange && (
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <ActionIcon
              variant="subtle"
              aria-label={`Edit ${metric.name}`}
              onClick={() => onOpen({ kind: 'edit', metric })}
            >
              <IconPencil size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={`Delete ${metric.name}`}
              onClick={() => onOpen({ kind: 'delete', metric })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function DeleteMetric({ metric, onClose }: { metric: Metric; onClose: () => void }) {
  const remove = useRemoval(() => deleteMetric(metric.id), { queryKey: metricKeys.all, onGone: onClose })
  return (
    <DeleteConfirmation
      name={metric.name}
      kind="metric"
      consequences="It is not measured any more, and its values are not shown."
      remove={remove}
      onClose={onClose}
    />
  )
}
