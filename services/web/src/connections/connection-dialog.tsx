import { Button, Group, Modal, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { assetKeys } from '../api/asset-calls.ts'
import { connectionKeys, createConnection, updateConnection } from '../api/connection-calls.ts'
import { asProblem, fieldErrors } from '../api/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { ConnectionFields, shownFields } from './connection-fields.tsx'
import { createInput, emptyForm, formOf, updateInput } from './connection-form-state.ts'
import { RoleHelp } from './role-help.tsx'
import type { Connection } from '@plumbline/api'

interface ConnectionDialogProps {
  /** The connection that is edited; without one a new one is added. */
  connection: Connection | undefined
  onClose: () => void
  onSaved: (connection: Connection) => void
}

/** Adds or edits a connection. Passwords go in and never come out. */
export function ConnectionDialog({ connection, onClose, onSaved }: ConnectionDialogProps) {
  const [form, setForm] = useState(() => (connection === undefined ? emptyForm : formOf(connection)))
  const queryClient = useQueryClient()
  const save = useMutation({
    mutationFn: () =>
      connection === undefined
        ? createConnection(createInput(form))
        : updateConnection(connection.id, updateInput(form)),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: connectionKeys.all })
      void queryClient.invalidateQueries({ queryKey: assetKeys.all })
      notifications.show({ color: 'teal', message: `${saved.name} is saved` })
      onSaved(saved)
    },
  })
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={connection === undefined ? 'Add a PostgreSQL connection' : `Edit ${connection.name}`}
    >
      <form action={() => save.mutate()}>
        <Stack>
          <ConnectionFields
            form={form}
            stored={connection !== undefined}
            errors={save.isError ? fieldErrors(asProblem(save.error)) : {}}
            onChange={(change) => setForm((before) => ({ ...before, ...change }))}
          />
          <RoleHelp user={form.user} database={form.database} />
          {save.isError && <ProblemAlert error={save.error} shownFields={shownFields} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={save.isPending}>
              {connection === undefined ? 'Add and test' : 'Save and test'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
