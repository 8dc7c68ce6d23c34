import { Button, Collapse, List, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconGitBranch } from '@tabler/icons-react'
import { counted } from '../../text/count.ts'
import { AssetName } from '../asset-name.tsx'
import type { SchemaChangeView } from '@plumbline/api'

/** What lineage said lay downstream of a breaking change when it was found. */
export function ChangeImpact({ downstream }: { downstream: NonNullable<SchemaChangeView['downstream']> }) {
  const [shown, { toggle }] = useDisclosure(false)
  const { total, assets } = downstream
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        size="compact-xs"
        mt={4}
        leftSection={<IconGitBranch size={13} aria-hidden />}
        aria-expanded={shown}
        onClick={toggle}
      >
        {counted(total, 'asset')} downstream
      </Button>
      <Collapse expanded={shown}>
        <List size="sm" listStyleType="none" mt={4} spacing={2}>
          {assets.map((asset) => (
            <List.Item key={asset.id}>
              <AssetName asset={asset} linked />
              {asset.columns.length > 0 && (
                <Text size="xs" c="dimmed" pl={22}>
                  gets its values in {asset.columns.join(', ')}
                </Text>
              )}
            </List.Item>
          ))}
        </List>
        {total > assets.length && (
          <Text size="xs" c="dimmed">
            and {total - assets.length} more
          </Text>
        )}
      </Collapse>
    </>
  )
}
