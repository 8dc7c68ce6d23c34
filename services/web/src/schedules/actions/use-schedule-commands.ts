import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { resumeSchedule, scheduleKeys, triggerSchedule } from '../../api/schedule-calls.ts'
import { useShowRefusedStart } from '../../jobs/actions/refused-start.tsx'
import type { Schedule } from '@plumbline/api'

/** What is done to a schedule without being asked about: it can be undone, or does no harm. */
export function useScheduleCommands() {
  const queryClient = useQueryClient()
  const showRefused = useShowRefusedStart()
  const command = (act: (scheduleId: string) => Promise<unknown>, done: string) => ({
    mutationFn: ({ id }: Schedule) => act(id),
    onSuccess: async (_: unknown, { name }: Schedule) => {
      notifications.show({ color: 'teal', message: `${name} ${done}` })
      await queryClient.invalidateQueries({ queryKey: scheduleKeys.all })
    },
    onError: showRefused,
  })
  return {
    trigger: useMutation(command(triggerSchedule, 'was triggered')),
    resume: useMutation(command(resumeSchedule, 'goes on')),
  }
}
