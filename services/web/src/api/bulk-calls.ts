import { queryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import type { Bulk, BulkPreview, Operation } from '@plumbline/api'

const operationEveryMs = 1_000

const pathOf = (operationId: string): string => `/operations/${encodeURIComponent(operationId)}`

/** What a bulk action would act on, asked anew whenever its dialog is opened. */
export const bulkPreview = (bulk: Bulk) =>
  queryOptions({
    queryKey: ['bulk', 'preview', bulk],
    queryFn: (): Promise<BulkPreview> => http.post('/jobs/bulk', { ...bulk, dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  })

export const startBulk = (bulk: Bulk): Promise<Operation> => http.post('/jobs/bulk', bulk)

/** Asked every second while it runs. */
export const operation = (operationId: string) =>
  queryOptions({
    queryKey: ['operations', operationId],
    queryFn: ({ signal }): Promise<Operation> => http.get(pathOf(operationId), undefined, signal),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? operationEveryMs : false),
  })

export const cancelOperation = (operationId: string): Promise<Operation> =>
  http.post(`${pathOf(operationId)}/cancel`, {})
