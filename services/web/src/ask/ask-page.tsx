import { Button, Group, Stack, Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { PageBody } from '../shell/page-body.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { AnswerCard } from './answer-card.tsx'
import { QuestionField } from './question-field.tsx'
import { useConversation } from './use-conversation.ts'

const route = getRouteApi('/ask')

const examples = [
  'Why did my last job fail?',
  'What jobs ran this week?',
  'How long does schema discovery usually take?',
  'What are the most common errors?',
  'Which tables fail most often?',
  'What is running now?',
]

/** Questions about jobs and their answers, the newest at the end. */
export function AskPage() {
  const { question } = route.useSearch()
  const { exchanges, put, isPending } = useConversation()
  const asked = useRef<string>(undefined)
  useEffect(() => {
    if (question === undefined || asked.current === question) return
    asked.current = question
    put(question)
  })
  return (
    <>
      <PageHeader title="Questions" />
      <PageBody>
        <Stack gap="md" maw={900}>
          {exchanges.length === 0 && <Examples onAsk={put} />}
          {exchanges.map((exchange, index) => (
            // The same question may be put twice; none is ever moved.
            // oxlint-disable-next-line react/no-array-index-key
            <AnswerCard key={index} exchange={exchange} onAsk={put} />
          ))}
          <QuestionField busy={isPending} onAsk={put} />
        </Stack>
      </PageBody>
    </>
  )
}

function Examples({ onAsk }: { onAsk: (question: string) => void }) {
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        What ran, what failed and why, how long, how often, who, what waits: of any time, type, asset, connection or
        person. The next question may refer to the one before, as “and yesterday?”.
      </Text>
      <Group gap="xs">
        {examples.map((example) => (
          <Button key={example} size="compact-sm" variant="light" onClick={() => onAsk(example)}>
            {example}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}
