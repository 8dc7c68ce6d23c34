import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { deleteSchedule, scheduleDetail, scheduleKeys } from '../../api/schedule-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import type { Schedule } from '@plumbline/api'

interface DeleteScheduleDialogProps {
  schedule: Schedule
  onClose: () => void
  onDeleted: () => void
}

export function DeleteScheduleDialog({ schedule, onClose, onDeleted }: DeleteScheduleDialogProps) {
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteSchedule(schedule.id),
    onSuccess: async () => {
      onDeleted()
      queryClient.removeQueries({ queryKey: scheduleDetail(schedule.id).queryKey })
      await queryClient.invalidateQueries({ queryKey: [...scheduleKeys.all, 'list'] })
    },
  })
  return (
    <Modal opened onClose={onClose} title={`Delete ${schedule.name}?`}>
      <Stack>
        <Text size="sm">
          It starts nothing any more, and its list of skipped ticks goes with it. The jobs it started stay, and so does
          the audit. To stop it for a while, pause it instead.
        </Text>
        {remove.isError && <ProblemAlert error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete the schedule
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
