import { Stack } from '@mantine/core'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { connectionList } from '../api/connection-calls.ts'
import { useMay } from '../api/me.ts'
import { EmptyNote } from '../shell/empty-note.tsx'
import { GatedButton } from '../shell/gated-button.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { ConnectionCard } from './connection-card.tsx'
import { ConnectionDialog } from './connection-dialog.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import classes from './connections.module.css'
import type { ConnectionsSearch } from './connections-search.ts'
import type { Connection } from '@plumbline/api'

const route = getRouteApi('/connections')

export function ConnectionsPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const connections = useQuery(connectionList())
  const [savedId, setSavedId] = useState<string | null>(null)
  const [deleting, setDeleting] = useState<Connection | null>(null)
  const show = (next: ConnectionsSearch): void => {
    void navigate({ to: '/connections', search: next, replace: next.add === undefined && next.edit === undefined })
  }
  const edited = connections.data?.find(({ id }) => id === search.edit)
  return (
    <>
      <PageHeader title="Connections">
        <AddButton onClick={() => show({ add: 'open' })} />
      </PageHeader>
      <div className={classes.list}>
        {connections.isError && <ProblemAlert error={connections.error} onRetry={() => void connections.refetch()} />}
        {connections.isPending && <PageLoading />}
        {connections.data?.length === 0 && (
          <EmptyNote
            icon={IconPlugConnected}
            title="No connections yet"
            text="A connection says how one database is reached. It is only ever read from."
          />
        )}
        <Stack>
          {connections.data?.map((connection) => (
            <ConnectionCard
              key={connection.id}
              connection={connection}
              testNow={savedId === connection.id}
              onEdit={() => show({ edit: connection.id })}
              onDelete={() => setDeleting(connection)}
            />
          ))}
        </Stack>
      </div>
      {(search.add !== undefined || edited !== undefined) && (
        <ConnectionDialog
          key={edited?.id ?? 'add'}
          connection={edited}
          onClose={() => show({})}
          onSaved={(saved) => {
            setSavedId(saved.id)
            show({})
          }}
        />
      )}
      {deleting !== null && <DeleteDialog connection={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}

function AddButton({ onClick }: { onClick: () => void }) {
  const may = useMay('admin')
  return (
    <GatedButton size="xs" leftSection={<IconPlus size={15} aria-hidden />} decision={may} onClick={onClick}>
      Add connection
    </GatedButton>
  )
}
