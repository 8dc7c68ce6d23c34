import { IconPlus } from '@tabler/icons-react'
import { useMay } from '../../api/me.ts'
import { GatedButton } from '../../shell/gated-button.tsx'

export function AddScheduleButton({ onClick }: { onClick: () => void }) {
  return (
    <GatedButton
      size="xs"
      leftSection={<IconPlus size={15} aria-hidden />}
      decision={useMay('admin')}
      onClick={onClick}
    >
      New schedule
    </GatedButton>
  )
}
