import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { ProblemAlert } from './problem-alert.tsx'
import type { UseMutationResult } from '@tanstack/react-query'

interface DeleteConfirmationProps {
  /** As the title asks for it: `Delete <name>?` */
  name: string
  /** What it is: `Delete the <kind>`. */
  kind: string
  /** What becomes of what depends on it. */
  consequences: string
  remove: UseMutationResult<unknown, Error, void>
  onClose: () => void
}

/** Asks before something is deleted for good; keeping it is what Enter does. */
export function DeleteConfirmation({ name, kind, consequences, remove, onClose }: DeleteConfirmationProps) {
  return (
    <Modal opened onClose={onClose} title={`Delete ${name}?`}>
      <Stack>
        <Text size="sm">{consequences}</Text>
        {remove.isError && <ProblemAlert error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete the {kind}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
