import { Button, Group, Stack, Textarea } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { longestDocumentation } from '@plumbline/api'
import { useState } from 'react'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { numberText } from '../../text/count.ts'
import { useSetText } from './use-set-text.ts'
import type { TextItem } from './text-item.ts'

/** Where a person writes what a table or column means; no run overwrites it. What a run proposes is what one begins with. */
export function EditText({ item, onClose }: { item: TextItem; onClose: () => void }) {
  const standing = (item.proposal ?? item.text)?.text ?? ''
  const [text, setText] = useState(standing)
  const save = useSetText(item, onClose)
  const length = text.trim().length
  const tooLong = length > longestDocumentation
  const taken = item.text !== null && (item.text.state === 'edited' || item.text.state === 'accepted')
  const submit = (): void => {
    if (length > 0 && !tooLong) save.mutate(text)
  }
  return (
    <form action={submit}>
      <Stack gap="xs">
        <Textarea
          aria-label={`Text of ${item.name}`}
          description="Plain text. Ctrl + Enter keeps it, Esc leaves it as it was."
          autosize
          minRows={2}
          maxRows={16}
          data-autofocus
          autoFocus
          value={text}
          error={
            tooLong &&
            `At most ${numberText(longestDocumentation)} characters: ${numberText(length - longestDocumentation)} too many`
          }
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={getHotkeyHandler([
            ['mod+Enter', submit],
            ['Escape', onClose],
          ])}
        />
        {save.isError && <ProblemAlert error={save.error} />}
        <Group gap="xs">
          <Button type="submit" size="compact-sm" loading={save.isPending} disabled={length === 0 || tooLong}>
            Keep the text
          </Button>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            Close
          </Button>
          {taken && (
            <Button
              size="compact-sm"
              variant="default"
              title="What runs write is shown again"
              onClick={() => save.mutate(null)}
            >
              Take it back
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
