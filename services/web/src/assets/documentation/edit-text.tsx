import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { longestDocumentation } from '@plumbline/api'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { numberText } from '../../text/count.ts'
import { useSetText } from './use-set-text.ts'
import type { TextItem } from './text-item.ts'

/** Where a person writes what a table or column means; no run overwrites it. What a run proposes is what one begins with. */
export function EditText({ item, onClose }: { item: TextItem; onClose: () => void }) {
  const standing = (item.proposal ?? item.text)?.text ?? ''
  const [text, setText] = useState(standing)
  // Jobs and other people go on meanwhile: what counts is the version that was seen when the editing began.
  const [seen] = useState(item.text?.version ?? null)
  const save = useSetText(item, onClose)
  const length = text.trim().length
  const tooLong = length > longestDocumentation
  const taken = item.text !== null && (item.text.state === 'edited' || item.text.state === 'accepted')
  const submit = (): void => {
    if (length > 0 && !tooLong) save.mutate({ text, ifVersion: seen })
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
        {save.isError && asProblem(save.error).code === 'documentation-changed' && (
          <ChangedMeanwhile item={item} onKeep={() => save.mutate({ text, ifVersion: item.text?.version ?? null })} />
        )}
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
              onClick={() => save.mutate({ text: null, ifVersion: seen })}
            >
              Take it back
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

/** What the text reads by now, for a person to decide which of the two is kept. */
function ChangedMeanwhile({ item, onKeep }: { item: TextItem; onKeep: () => void }) {
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm">
        {item.text === null ? 'Nothing is said of it any more.' : `Now it reads: “${item.text.text}”`}
      </Text>
      <Button size="compact-sm" variant="default" onClick={onKeep}>
        Keep mine instead
      </Button>
    </Stack>
  )
}
