import { Badge } from '@mantine/core'
import { IconBell, IconBellOff, IconCheck, IconEye } from '@tabler/icons-react'
import { incidentStateLabels } from '../alert-labels.ts'
import type { Incident } from '@plumbline/api'

const marks = {
  open: { color: 'red', icon: IconBell },
  acknowledged: { color: 'yellow', icon: IconEye },
  muted: { color: 'gray', icon: IconBellOff },
  resolved: { color: 'green', icon: IconCheck },
} as const

/** The state of an incident: by its word and its sign, not by colour alone. */
export function IncidentStateMark({ incident: { state } }: { incident: Pick<Incident, 'state'> }) {
  const { color, icon: Icon } = marks[state]
  return (
    <Badge variant="light" tt="none" color={color} leftSection={<Icon size={12} aria-hidden />}>
      {incidentStateLabels[state]}
    </Badge>
  )
}
