import { useMutation, useQueryClient } from '@tanstack/react-query'
import { assetKeys } from '../../api/asset-calls.ts'
import { setDocumentation } from '../../api/documentation-calls.ts'
import type { TextItem } from './text-item.ts'

/** Keeps what a person says of an asset or a column; null takes it back. */
export function useSetText({ assetId, column }: Pick<TextItem, 'assetId' | 'column'>, onSaved: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (text: string | null) =>
      setDocumentation(assetId, column === null ? { text } : { columns: [{ column, text }] }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: assetKeys.all })
      onSaved()
    },
  })
}
