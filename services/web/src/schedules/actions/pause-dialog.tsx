import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { pauseSchedule, scheduleKeys } from '../../api/schedule-calls.ts'
import { ReasonField } from '../../jobs/actions/reason-field.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import type { Schedule } from '@plumbline/api'

export function PauseDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const queryClient = useQueryClient()
  const pause = useMutation({
    mutationFn: () => pauseSchedule(schedule.id, reason.trim() === '' ? {} : { reason: reason.trim() }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: scheduleKeys.all })
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={`Pause ${schedule.name}?`}>
      <form action={() => pause.mutate()}>
        <Stack>
          <Text size="sm">
            Until it is resumed no tick starts anything; what runs now goes on. It can still be triggered by hand.
          </Text>
          <ReasonField value={reason} onChange={setReason} />
          {pause.isError && <ProblemAlert error={pause.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep it running
            </Button>
            <Button type="submit" loading={pause.isPending}>
              Pause the schedule
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
