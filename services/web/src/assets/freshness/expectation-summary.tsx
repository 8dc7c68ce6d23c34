import { Group, Stack, Text, Title } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import { GatedButton } from '../../shell/gated-button.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { expectationText } from './expectation-form.ts'
import { ExpectationDialog } from './expectation-dialog.tsx'
import type { AssetDetail, Freshness } from '@plumbline/api'

/** What a person expects, or that it is learned, and the way to change it. */
export function ExpectationSummary({ asset, freshness }: { asset: AssetDetail; freshness: Freshness }) {
  const [open, setOpen] = useState(false)
  const may = useMay('operator')
  const { expectation } = freshness
  const inherited = expectation !== null && expectation.assetId !== asset.id
  if (asset.kind === 'view' && (expectation === null || inherited)) return <OfView />
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Title order={2}>Expectation</Title>
        <GatedButton
          size="xs"
          variant="default"
          leftSection={<IconPencil size={15} aria-hidden />}
          decision={asset.removedAt === null ? may : { allowed: false, reason: 'It was removed' }}
          onClick={() => setOpen(true)}
        >
          Change what is expected
        </GatedButton>
      </Group>
      <Text size="sm">{expectationText(expectation)}</Text>
      {expectation !== null && (
        <Text size="xs" c="dimmed">
          {inherited ? 'Said of the schema or database it lies in, by' : 'Said by'} {expectation.decidedBy}{' '}
          <TimeAgo at={expectation.decidedAt} />
        </Text>
      )}
      {open && (
        <ExpectationDialog
          asset={asset}
          expectation={expectation}
          own={expectation !== null && !inherited}
          onClose={() => setOpen(false)}
        />
      )}
    </Stack>
  )
}

/** Nothing can be expected of it: nothing is ever written to a view. */
function OfView() {
  return (
    <Stack gap={4}>
      <Title order={2}>Expectation</Title>
      <Text size="sm">
        A view holds no rows of its own. Say what is expected of the tables that it reads, which its Lineage tab shows,
        or of the schema or database that they lie in.
      </Text>
    </Stack>
  )
}
