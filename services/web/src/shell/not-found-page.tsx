import { Button } from '@mantine/core'
import { IconMapQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyNote } from './empty-note.tsx'

export function NotFoundPage() {
  return (
    <EmptyNote icon={IconMapQuestion} title="There is no such page" text="The address may be cut off or out of date.">
      <Button renderRoot={(props) => <Link to="/jobs" {...props} />}>Go to the jobs</Button>
    </EmptyNote>
  )
}
