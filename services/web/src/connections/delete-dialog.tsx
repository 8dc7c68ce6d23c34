import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { assetKeys } from '../api/asset-calls.ts'
import { connectionKeys, deleteConnection } from '../api/connection-calls.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import type { Connection } from '@plumbline/api'

export function DeleteDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteConnection(connection.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: connectionKeys.all })
      void queryClient.invalidateQueries({ queryKey: assetKeys.all })
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={`Delete ${connection.name}?`}>
      <Stack>
        <Text size="sm">
          Its credentials are erased and no job can be started on it any more. Its jobs and the audit stay. This cannot
          be undone.
        </Text>
        {remove.isError && <ProblemAlert error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete the connection
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
