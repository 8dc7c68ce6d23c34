import { Button } from '@mantine/core'
import { IconCalendarTime, IconFilterOff } from '@tabler/icons-react'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { AddScheduleButton } from './add-schedule-button.tsx'

interface EmptySchedulesProps {
  filtered: boolean
  onAdd: () => void
  onClear: () => void
}

export function EmptySchedules({ filtered, onAdd, onClear }: EmptySchedulesProps) {
  if (filtered) {
    return (
      <EmptyNote icon={IconFilterOff} title="No schedule matches these filters" text="Nothing runs by itself here yet.">
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      </EmptyNote>
    )
  }
  return (
    <EmptyNote
      icon={IconCalendarTime}
      title="Nothing runs by itself yet"
      text="A schedule starts a job at set times: a discovery every morning, so that schema changes are known before anyone asks; tags for every new table once a week. Each run is a job like any other, with its progress, errors and history."
    >
      <AddScheduleButton onClick={onAdd} />
    </EmptyNote>
  )
}
