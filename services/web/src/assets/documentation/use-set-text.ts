import { useMutation, useQueryClient } from '@tanstack/react-query'
import { assetKeys } from '../../api/asset-calls.ts'
import { setDocumentation } from '../../api/documentation-calls.ts'
import type { TextItem } from './text-item.ts'

/** What a person says; null takes it back. `ifVersion`: the version that the person saw, null where nothing was said. */
interface Said {
  text: string | null
  ifVersion: number | null
}

/** Keeps what a person says of an asset or a column, unless somebody else did since: then what is said by now is read. */
export function useSetText({ assetId, column }: Pick<TextItem, 'assetId' | 'column'>, onSaved: () => void) {
  const queryClient = useQueryClient()
  const readAgain = () => queryClient.invalidateQueries({ queryKey: assetKeys.all })
  return useMutation({
    mutationFn: (said: Said) => setDocumentation(assetId, column === null ? said : { columns: [{ column, ...said }] }),
    onSuccess: async () => {
      await readAgain()
      onSaved()
    },
    onError: readAgain,
  })
}
