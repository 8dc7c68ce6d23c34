import { http } from './backend.ts'
import type { AskAnswer, AskInput } from '@plumbline/api'

export const ask = (input: AskInput): Promise<AskAnswer> => http.post('/ask', input)
