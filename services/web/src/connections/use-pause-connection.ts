import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { connectionKeys, updateConnection } from '../api/connection-calls.ts'
import { jobKeys } from '../api/job-calls.ts'
import type { Connection } from '@plumbline/api'

/** Pauses a connection that is not, and resumes one that is. */
export function usePauseConnection(connection: Pick<Connection, 'id' | 'name' | 'paused'>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => updateConnection(connection.id, { paused: !connection.paused }),
    onSuccess: async ({ name, paused }) => {
      notifications.show({
        message: paused ? `${name} is paused` : `${name} goes on`,
        color: paused ? 'yellow' : 'teal',
      })
      // Jobs that wait say why, and that has changed.
      void queryClient.invalidateQueries({ queryKey: jobKeys.lists })
      void queryClient.invalidateQueries({ queryKey: jobKeys.details })
      await queryClient.invalidateQueries({ queryKey: connectionKeys.all })
    },
  })
}
