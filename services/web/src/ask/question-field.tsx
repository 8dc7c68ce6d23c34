import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'

interface QuestionFieldProps {
  busy?: boolean
  onAsk: (question: string) => void
}

/** Where a question about jobs is typed. */
export function QuestionField({ busy = false, onAsk }: QuestionFieldProps) {
  const [text, setText] = useState('')
  const question = text.trim()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (question === '' || busy) return
        onAsk(question)
        setText('')
      }}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          aria-label="Question"
          placeholder="Ask about jobs, as: Why did my last job fail?"
          maxLength={1_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" disabled={question === ''} loading={busy}>
          Ask
        </Button>
      </Group>
    </form>
  )
}
