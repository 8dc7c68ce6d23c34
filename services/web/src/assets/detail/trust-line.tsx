import { Anchor, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconShieldX, type Icon } from '@tabler/icons-react'
import type { AssetSearch } from '../asset-search.ts'
import type { AssetTrust, TrustReason } from '@plumbline/api'

const looks: Record<AssetTrust['verdict'], { label: string; icon: Icon; color: string }> = {
  trusted: {
    label: 'Can be trusted',
    icon: IconCircleCheck,
    color: 'light-dark(var(--mantine-color-teal-8), var(--mantine-color-teal-4))',
  },
  doubtful: {
    label: 'To be doubted',
    icon: IconAlertTriangle,
    color: 'light-dark(var(--mantine-color-orange-9), var(--mantine-color-orange-4))',
  },
  broken: {
    label: 'Not to be trusted',
    icon: IconShieldX,
    color: 'light-dark(var(--mantine-color-red-8), var(--mantine-color-red-5))',
  },
  unknown: { label: 'Not known whether it can be trusted', icon: IconHelpCircle, color: 'var(--mantine-color-dimmed)' },
}

const reasonLooks: Record<TrustReason['weight'], AssetTrust['verdict']> = {
  problem: 'broken',
  doubt: 'doubtful',
  good: 'trusted',
  unknown: 'unknown',
}

const urgency: readonly TrustReason['weight'][] = ['problem', 'doubt', 'good', 'unknown']

const viewOf = ({ about, only }: TrustReason): Partial<AssetSearch> => ({ tab: about, jobId: undefined, show: only })

/** Whether the asset can be relied on now, and every reason as a way to the tab that tells more. */
export function TrustLine({ trust, onOpen }: { trust: AssetTrust; onOpen: (view: Partial<AssetSearch>) => void }) {
  const { label, icon: Icon, color } = looks[trust.verdict]
  const reasons = trust.reasons.toSorted((a, b) => urgency.indexOf(a.weight) - urgency.indexOf(b.weight))
  return (
    <Group gap="sm" px="md" pb="xs" role="status" aria-label="Trust">
      <Group gap={6} wrap="nowrap">
        <Icon size={18} color={color} aria-hidden />
        <Text span size="sm" fw={600}>
          {label}
        </Text>
      </Group>
      {reasons.map((reason) => (
        <Reason key={reason.text} reason={reason} onOpen={() => onOpen(viewOf(reason))} />
      ))}
    </Group>
  )
}

function Reason({ reason: { weight, text }, onOpen }: { reason: TrustReason; onOpen: () => void }) {
  const { icon: Icon, color } = looks[reasonLooks[weight]]
  const isQuiet = weight === 'good' || weight === 'unknown'
  return (
    <Group gap={4} wrap="nowrap">
      <Icon size={14} color={color} aria-hidden style={{ flexShrink: 0 }} />
      <Anchor component="button" size="sm" ta="start" c={isQuiet ? 'dimmed' : undefined} onClick={onOpen}>
        {text}
      </Anchor>
    </Group>
  )
}
