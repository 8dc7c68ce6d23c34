import { useMutation, useQueryClient } from '@tanstack/react-query'
import { assetKeys } from '../api/asset-calls.ts'
import { connectionKeys, deleteConnection } from '../api/connection-calls.ts'
import { DeleteConfirmation } from '../shell/delete-confirmation.tsx'
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
    <DeleteConfirmation
      name={connection.name}
      kind="connection"
      consequences="Its credentials are erased and no job can be started on it any more. Its jobs and the audit stay. This cannot be undone."
      remove={remove}
      onClose={onClose}
    />
  )
}
