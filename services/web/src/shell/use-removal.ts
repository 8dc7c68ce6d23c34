import { useMutation, useQueryClient, type QueryKey, type UseMutationResult } from '@tanstack/react-query'

/** Deletes what `DeleteConfirmation` asks about; then what was read of its kind is read anew, and `onGone` is called. */
export function useRemoval(
  remove: () => Promise<unknown>,
  { queryKey, onGone }: { queryKey: QueryKey; onGone: () => void },
): UseMutationResult<unknown, Error, void> {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey })
      onGone()
    },
  })
}
