import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { PageBody } from '../shell/page-body.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { Conversation } from './conversation.tsx'
import { useConversation } from './use-conversation.ts'

const route = getRouteApi('/ask')

/** Questions about jobs and what they found, on a page of their own. */
export function AskPage() {
  const { question } = route.useSearch()
  const conversation = useConversation()
  const asked = useRef<string>(undefined)
  useEffect(() => {
    if (question === undefined || asked.current === question) return
    asked.current = question
    conversation.put(question)
  })
  return (
    <>
      <PageHeader title="Questions" />
      <PageBody>
        <Conversation conversation={conversation} />
      </PageBody>
    </>
  )
}
