import { Group, SegmentedControl, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { questionEngines } from '../api/ask-calls.ts'
import type { Asked } from './use-conversation.ts'

interface EngineChoiceProps {
  asked: Asked
  onChange: (asked: Asked) => void
}

const choices: { value: Asked; label: string }[] = [
  { value: 'either', label: 'Rules, then the model' },
  { value: 'rules', label: 'Rules' },
  { value: 'model', label: 'The model' },
]

/** Who answers, where there is a choice: without a language model rules do, and nothing is shown. */
export function EngineChoice({ asked, onChange }: EngineChoiceProps) {
  const { data } = useQuery(questionEngines())
  if (!data || data.model === null) return null
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">
        Answered by
      </Text>
      <SegmentedControl size="xs" aria-label="Answered by" data={choices} value={asked} onChange={onChange} />
      <Text size="xs" c="dimmed">
        {data.model} is sent the question and what is looked up for it.
      </Text>
    </Group>
  )
}
