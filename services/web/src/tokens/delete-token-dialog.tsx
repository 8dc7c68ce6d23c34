import { useMutation, useQueryClient } from '@tanstack/react-query'
import { deleteToken, tokenKeys } from '../api/token-calls.ts'
import { DeleteConfirmation } from '../shell/delete-confirmation.tsx'
import type { Token } from '@plumbline/api'

export function DeleteTokenDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteToken(token.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: tokenKeys.all })
      onClose()
    },
  })
  return (
    <DeleteConfirmation
      name={`the token ${token.name}`}
      kind="token"
      consequences="Whoever uses it is refused from now on. Its jobs and the audit keep its name. This cannot be undone."
      remove={remove}
      onClose={onClose}
    />
  )
}
