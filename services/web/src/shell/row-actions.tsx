import { Group } from '@mantine/core'
import { GatedButton, type GatedButtonProps } from './gated-button.tsx'

interface RowActionsProps extends Pick<GatedButtonProps, 'decision'> {
  onEdit: () => void
  onDelete: () => void
}

/** At the end of a row whose thing may be edited and deleted. */
export function RowActions({ decision, onEdit, onDelete }: RowActionsProps) {
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <GatedButton size="compact-xs" variant="default" decision={decision} onClick={onEdit}>
        Edit
      </GatedButton>
      <GatedButton size="compact-xs" variant="default" decision={decision} onClick={onDelete}>
        Delete
      </GatedButton>
    </Group>
  )
}
