import { Button, Stack } from '@mantine/core'
import { useState, type ReactNode } from 'react'

interface FoldedFieldsProps {
  title: string
  /** One of them is filled in. */
  open: boolean
  children: ReactNode
}

/** What is rarely wanted stays folded away until somebody has, or wants, some of it. */
export function FoldedFields({ title, open, children }: FoldedFieldsProps) {
  const [shown, setShown] = useState(open)
  if (!shown && !open)
    return (
      <Button variant="subtle" size="compact-sm" w="fit-content" onClick={() => setShown(true)}>
        {title}
      </Button>
    )
  return <Stack gap="sm">{children}</Stack>
}
