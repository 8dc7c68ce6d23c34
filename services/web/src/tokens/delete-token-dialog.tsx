import { deleteToken, tokenKeys } from '../api/token-calls.ts'
import { DeleteConfirmation } from '../shell/delete-confirmation.tsx'
import { useRemoval } from '../shell/use-removal.ts'
import type { Token } from '@plumbline/api'

export function DeleteTokenDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const remove = useRemoval(() => deleteToken(token.id), { queryKey: tokenKeys.all, onGone: onClose })
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
