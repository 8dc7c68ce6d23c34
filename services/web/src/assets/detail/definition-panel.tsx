import { Group, Stack, Text } from '@mantine/core'
import { CopyIcon } from '../../shell/copy-text.tsx'
import classes from '../../shell/code.module.css'
import type { AssetDetail } from '@plumbline/api'

export function DefinitionPanel({ asset }: { asset: AssetDetail }) {
  const definition = asset.definition ?? ''
  return (
    <Stack gap="xs">
      <Group gap={4}>
        <Text size="sm" c="dimmed">
          The query as the database keeps it
        </Text>
        <CopyIcon text={definition} what="definition" />
      </Group>
      <pre className={classes.code} tabIndex={0} aria-label="Definition">
        {definition}
      </pre>
    </Stack>
  )
}
