import { Anchor, type AnchorProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface ScheduleLinkProps extends AnchorProps {
  scheduleId: string
  children: ReactNode
}

export function ScheduleLink({ scheduleId, children, ...props }: ScheduleLinkProps) {
  return (
    <Anchor {...props} renderRoot={(root) => <Link {...root} to="/schedules/$scheduleId" params={{ scheduleId }} />}>
      {children}
    </Anchor>
  )
}
