import { queryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import type { AskAnswer, AskInput, QuestionEngines } from '@plumbline/api'

export const ask = (input: AskInput): Promise<AskAnswer> => http.post('/ask', input)

/** Whether there is a language model beside the rules: as the gateway was started. */
export const questionEngines = () =>
  queryOptions({
    queryKey: ['question-engines'],
    queryFn: (): Promise<QuestionEngines> => http.get('/ask'),
    staleTime: Infinity,
  })
