import { ActionIcon, CopyButton, Group, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'

/** A short text in code letters with a button that copies it, or what stands behind it. */
export function CopyText({ text, shown = text, label }: { text: string; shown?: string; label?: string }) {
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex">
      {label !== undefined && (
        <Text span size="xs" c="dimmed">
          {label}
        </Text>
      )}
      <Text span size="xs" ff="monospace" title={text}>
        {shown}
      </Text>
      <CopyIcon text={text} what={label ?? 'text'} />
    </Group>
  )
}

export function CopyIcon({ text, what }: { text: string; what: string }) {
  return (
    <CopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${what}`}>
          <ActionIcon
            size="xs"
            variant="subtle"
            color={copied ? 'teal' : 'gray'}
            aria-label={copied ? 'Copied' : `Copy ${what}`}
            onClick={(event) => {
              event.stopPropagation()
              event.preventDefault()
              copy()
            }}
          >
            {copied ? <IconCheck size={12} aria-hidden /> : <IconCopy size={12} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}
