import { Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface EmptyNoteProps {
  icon: Icon
  title: string
  /** What to do about it. */
  text: ReactNode
  children?: ReactNode
}

/** In place of a list that has nothing in it: says why, and what to do next. */
export function EmptyNote({ icon: Icon, title, text, children }: EmptyNoteProps) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <ThemeIcon variant="light" size={44} radius="xl" color="gray">
        <Icon size={24} aria-hidden />
      </ThemeIcon>
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed" maw={460}>
        {text}
      </Text>
      {children}
    </Stack>
  )
}
