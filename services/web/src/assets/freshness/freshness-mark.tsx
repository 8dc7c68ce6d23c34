import { Group, Text, Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockExclamation,
  IconHelpCircle,
  IconPlugConnectedX,
  IconSchool,
  type Icon,
} from '@tabler/icons-react'
import { freshnessStateTexts, type FreshnessState } from '@plumbline/workflows'
import { stateLabels } from './freshness-labels.ts'

const looks: Record<FreshnessState, { icon: Icon; color: string }> = {
  fresh: { icon: IconCircleCheck, color: 'light-dark(var(--mantine-color-teal-8), var(--mantine-color-teal-4))' },
  learning: { icon: IconSchool, color: 'light-dark(var(--mantine-color-blue-7), var(--mantine-color-blue-4))' },
  late: {
    icon: IconClockExclamation,
    color: 'light-dark(var(--mantine-color-orange-9), var(--mantine-color-orange-4))',
  },
  stale: { icon: IconAlertTriangle, color: 'light-dark(var(--mantine-color-red-8), var(--mantine-color-red-5))' },
  unknown: { icon: IconHelpCircle, color: 'var(--mantine-color-dimmed)' },
  error: { icon: IconPlugConnectedX, color: 'light-dark(var(--mantine-color-grape-8), var(--mantine-color-grape-4))' },
}

/** A state as icon, word and colour; what it means is in the tooltip. */
export function FreshnessMark({
  state,
  detail = freshnessStateTexts[state],
}: {
  state: FreshnessState
  detail?: string
}) {
  const { icon: Icon, color } = looks[state]
  return (
    <Tooltip label={detail} multiline maw={360}>
      <Group gap={6} wrap="nowrap" w="fit-content">
        <Icon size={17} stroke={2} color={color} aria-hidden />
        <Text span size="sm" fw={500}>
          {stateLabels[state]}
        </Text>
      </Group>
    </Tooltip>
  )
}
