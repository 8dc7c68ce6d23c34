import { queryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import type { JobTrends } from '@plumbline/api'
import type { QueryValue } from './http.ts'

export const jobTrends = (query: Record<string, QueryValue>) =>
  queryOptions({
    queryKey: ['jobs', 'trends', query],
    queryFn: ({ signal }): Promise<JobTrends> => http.get('/jobs/trends', query, signal),
    placeholderData: (before) => before,
  })
