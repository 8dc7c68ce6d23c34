import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './problem.ts'

/** Only what may be different next time is asked again: no answer, or a server that is not ready. */
function worthAnotherTry(failures: number, error: Error): boolean {
  if (failures >= 2) return false
  return error instanceof ProblemError && (error.problem.status === 0 || error.problem.status >= 500)
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: worthAnotherTry, staleTime: 10_000, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
})
