import { Button, Drawer } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconMessageQuestion } from '@tabler/icons-react'
import { Conversation } from './conversation.tsx'
import { useConversation } from './use-conversation.ts'

/** Asks over the list of jobs, and answers there; a job of an answer opens over the same list. What was said stays while the list is open. */
export function AskPanel() {
  const [isOpen, { open, close }] = useDisclosure(false)
  const narrow = useMediaQuery('(max-width: 48em)')
  const conversation = useConversation()
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconMessageQuestion size={14} aria-hidden />} onClick={open}>
        Ask
      </Button>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="right"
        size={narrow ? '100%' : 'min(760px, 92vw)'}
        title="Ask about jobs"
        closeButtonProps={{ 'aria-label': 'Close the questions' }}
        overlayProps={{ backgroundOpacity: 0.25 }}
      >
        <Conversation conversation={conversation} overList onLeave={close} />
      </Drawer>
    </>
  )
}
