import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/ask-calls.ts'
import { readersZone } from '../text/time.ts'
import type { AskAnswer } from '@plumbline/api'

/** Who is asked: rules first and the model where they do not understand, or one of the two. */
export type Asked = 'either' | AskAnswer['engine']

/** A question and what came of it: nothing yet while it is being answered. */
export interface Exchange {
  question: string
  answer?: AskAnswer
  error?: unknown
}

/** Questions and answers of one conversation, oldest first; each question may refer to the one before. */
export function useConversation() {
  const [exchanges, setExchanges] = useState<readonly Exchange[]>([])
  const [asked, setAsked] = useState<Asked>('either')
  const settle = (came: Partial<Exchange>): void =>
    setExchanges((before) => before.map((one, index) => (index === before.length - 1 ? { ...one, ...came } : one)))
  const { mutate, isPending } = useMutation({
    mutationFn: ask,
    onSuccess: (answer) => settle({ answer }),
    onError: (error) => settle({ error }),
  })
  const put = (question: string): void => {
    const conversationId = exchanges.findLast(({ answer }) => answer !== undefined)?.answer?.conversationId
    setExchanges((before) => [...before, { question }])
    mutate({
      question,
      timezone: readersZone(),
      ...(conversationId !== undefined && { conversationId }),
      ...(asked !== 'either' && { engine: asked }),
    })
  }
  return { exchanges, put, isPending, asked, setAsked }
}
