import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { assetKeys } from '../../api/asset-calls.ts'
import { reviewDocumentation } from '../../api/documentation-calls.ts'
import { asProblem } from '../../api/problem.ts'
import { counted } from '../../text/count.ts'

/** Accepts or rejects texts; says so where some had been replaced while they were looked at, or nothing was kept. */
export function useReview() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: reviewDocumentation,
    onSuccess: async (reviewed, { texts }) => {
      if (reviewed < texts.length) {
        const passed = counted(texts.length - reviewed, 'text was', 'texts were')
        notifications.show({ color: 'yellow', message: `${passed} decided or replaced meanwhile, and left as it is` })
      }
      await queryClient.invalidateQueries({ queryKey: assetKeys.all })
    },
    onError: (error) => {
      const { title, detail } = asProblem(error)
      notifications.show({ color: 'red', title, message: detail })
    },
  })
}
