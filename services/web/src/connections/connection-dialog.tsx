import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { connectionKind, connectionKinds } from '@plumbline/connectors/kinds'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { assetKeys } from '../api/asset-calls.ts'
import { connectionKeys, createConnection, updateConnection } from '../api/connection-calls.ts'
import { asProblem, fieldErrors } from '../api/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { ConnectionFields } from './connection-fields.tsx'
import {
  createInput,
  emptyForm,
  fieldsWithErrors,
  formOf,
  typedSettings,
  updateInput,
} from './connection-form-state.ts'
import { RoleHelp } from './role-help.tsx'
import type { Connection } from '@plumbline/api'

interface ConnectionDialogProps {
  /** The connection that is edited; without one a new one is added. */
  connection: Connection | undefined
  onClose: () => void
  onSaved: (connection: Connection) => void
}

const kindChoices = connectionKinds.map((kind) => ({ value: kind, label: connectionKind(kind).label }))
const firstKind = 'postgres'

/** Adds or edits a connection. Credentials go in and never come out. */
export function ConnectionDialog({ connection, onClose, onSaved }: ConnectionDialogProps) {
  const [form, setForm] = useState(() => (connection === undefined ? emptyForm(firstKind) : formOf(connection)))
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
      title={connection === undefined ? 'Add a connection' : `Edit ${connection.name}`}
    >
      <form action={() => save.mutate()}>
        <Stack>
          {connection === undefined && kindChoices.length > 1 && (
            <Select
              label="Kind"
              allowDeselect={false}
              data={kindChoices}
              value={form.kind}
              onChange={(chosen) => {
                const kind = connectionKinds.find((one) => one === chosen)
                if (kind) setForm({ ...emptyForm(kind), name: form.name })
              }}
            />
          )}
          <ConnectionFields
            key={form.kind}
            form={form}
            stored={connection !== undefined}
            errors={save.isError ? fieldErrors(asProblem(save.error)) : {}}
            onChange={(change) => setForm((before) => ({ ...before, ...change }))}
          />
          <RoleHelp sql={connectionKind(form.kind).roleSql(typedSettings(form))} />
          {save.isError && <ProblemAlert error={save.error} shownFields={fieldsWithErrors(form)} />}
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
