import { Button, Group, Stack, Text } from '@mantine/core'
import { AnswerCard } from './answer-card.tsx'
import { EngineChoice } from './engine-choice.tsx'
import { QuestionField } from './question-field.tsx'
import type { useConversation } from './use-conversation.ts'

const examples = [
  'Why did my last job fail?',
  'What jobs ran this week?',
  'How long does schema discovery usually take?',
  'Which tables are stale?',
  'Which tables fail most often?',
  'What runs tonight?',
]

interface ConversationProps {
  conversation: ReturnType<typeof useConversation>
  /** It stands over the list of jobs: their details open there too, once `onLeave` has made room. */
  overList?: boolean
  onLeave?: () => void
}

/** Questions and their answers, the newest at the end, and where the next is typed. */
export function Conversation({ conversation, overList, onLeave }: ConversationProps) {
  const { exchanges, put, isPending, asked, setAsked } = conversation
  return (
    <Stack gap="md" maw={900}>
      {exchanges.length === 0 && <Examples onAsk={put} />}
      {exchanges.map((exchange, index) => (
        // The same question may be put twice; none is ever moved.
        // oxlint-disable-next-line react/no-array-index-key
        <AnswerCard key={index} exchange={exchange} onAsk={put} overList={overList} onLeave={onLeave} />
      ))}
      <QuestionField busy={isPending} onAsk={put} />
      <EngineChoice asked={asked} onChange={setAsked} />
    </Stack>
  )
}

function Examples({ onAsk }: { onAsk: (question: string) => void }) {
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        What ran, what failed and why, how long, how often, who, what waits; what is fresh, unusual or scheduled: of any
        time, type, asset, connection or person. The next question may refer to the one before, as “and yesterday?”.
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
