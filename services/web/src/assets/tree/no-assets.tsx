import { Button } from '@mantine/core'
import { IconDatabaseOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyNote } from '../../shell/empty-note.tsx'

export function NoAssets() {
  return (
    <EmptyNote icon={IconDatabaseOff} title="No assets yet" text="Add a connection: its database is the first asset.">
      <Button size="xs" renderRoot={(props) => <Link {...props} to="/connections" search={{ add: 'open' }} />}>
        Add a connection
      </Button>
    </EmptyNote>
  )
}
