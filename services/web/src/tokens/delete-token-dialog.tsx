import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { deleteToken, tokenKeys } from '../api/token-calls.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import type { Token } from '@plumbline/api'

export function DeleteTokenDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteToken(token.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: tokenKeys.all })
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={`Delete the token ${token.name}?`}>
      <Stack>
        <Text size="sm">
          Whoever uses it is refused from now on. Its jobs and the audit keep its name. This cannot be undone.
        </Text>
        {remove.isError && <ProblemAlert error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete the token
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
