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

const urgency: readonly TrustReason['weight'][] = ['problem', 'doubt', 'good', 'unknown']

const viewOf = ({ about, weight }: Pick<TrustReason, 'about' | 'weight'>): Partial<AssetSearch> => ({
  tab: about,
  jobId: undefined,
  show: about === 'metrics' && weight === 'doubt' ? 'anomalies' : undefined,
})

/** Whether the asset can be relied on now, and every reason as a way to the tab that tells more. */
export function TrustLine({ trust, onOpen }: { trust: AssetTrust; onOpen: (view: Partial<AssetSearch>) => void }) {
  const { label, icon: Icon, color } = looks[trust.verdict]
  const reasons = trust.reasons.toSorted((a, b) => urgency.indexOf(a.weight) - urgency.indexOf(b.weight))
  return (
    <Group gap={6} px="md" pb="xs" role="status" aria-label="Trust">
      <Icon size={18} color={color} aria-hidden />
      <Text span size="sm" fw={600}>
        {label}
      </Text>
      {reasons.map(({ about, weight, text }) => (
        <Group key={text} gap={6} wrap="nowrap">
          <Text span size="sm" c="dimmed" aria-hidden>
            ·
          </Text>
          <Anchor
            component="button"
            size="sm"
            c={weight === 'good' || weight === 'unknown' ? 'dimmed' : undefined}
            onClick={() => onOpen(viewOf({ about, weight }))}
          >
            {text}
          </Anchor>
        </Group>
      ))}
    </Group>
  )
}
