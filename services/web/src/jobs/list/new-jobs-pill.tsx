import { Button, VisuallyHidden } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { counted } from '../../text/count.ts'
import classes from './job-list.module.css'

/** New jobs never push rows away from under the pointer: they wait behind this button. */
export function NewJobsPill({ count, onClick }: { count: number; onClick: () => Promise<void> }) {
  return (
    <>
      <VisuallyHidden role="status">{count > 0 ? counted(count, 'new job') : ''}</VisuallyHidden>
      {count > 0 && (
        <Button
          size="compact-sm"
          radius="xl"
          className={classes.pill ?? ''}
          leftSection={<IconArrowUp size={14} aria-hidden />}
          onClick={() => void onClick()}
        >
          {counted(count, 'new job')}
        </Button>
      )}
    </>
  )
}
