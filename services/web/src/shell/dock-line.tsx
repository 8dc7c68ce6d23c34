import { Group, Text } from '@mantine/core'
import classes from './shell.module.css'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface DockLineProps {
  /** What goes on, for those who do not see it. */
  label: string
  icon: Icon
  text: string
  children: ReactNode
}

/** Something that goes on whatever page is open, on a line below the page. */
export function DockLine({ label, icon: Icon, text, children }: DockLineProps) {
  return (
    <Group className={classes.dock ?? ''} component="section" gap="sm" aria-label={label}>
      <Icon size={17} aria-hidden />
      <Text size="sm" role="status">
        {text}
      </Text>
      {children}
    </Group>
  )
}
