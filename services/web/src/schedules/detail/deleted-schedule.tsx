import { Button } from '@mantine/core'
import { IconCalendarOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyNote } from '../../shell/empty-note.tsx'

/** Where a link from one of its jobs leads after a schedule was deleted. */
export function DeletedSchedule({ scheduleId }: { scheduleId: string }) {
  return (
    <EmptyNote
      icon={IconCalendarOff}
      title="There is no such schedule any more"
      text="It was deleted, with its asset or by itself. The jobs it started are kept, and the audit says who did it."
    >
      <Button
        variant="default"
        renderRoot={(props) => <Link {...props} to="/audit" search={{ targetId: scheduleId }} />}
      >
        What happened to it
      </Button>
    </EmptyNote>
  )
}
