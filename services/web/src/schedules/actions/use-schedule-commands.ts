import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { asProblem } from '../../api/problem.ts'
import { resumeSchedule, scheduleKeys, triggerSchedule } from '../../api/schedule-calls.ts'
import type { Schedule } from '@plumbline/api'

/** What is done to a schedule without being asked about: it can be undone, or does no harm. */
export function useScheduleCommands() {
  const queryClient = useQueryClient()
  const command = (act: (scheduleId: string) => Promise<unknown>, done: string) => ({
    mutationFn: ({ id }: Schedule) => act(id),
    onSuccess: async (_: unknown, { name }: Schedule) => {
      notifications.show({ color: 'teal', message: `${name} ${done}` })
      await queryClient.invalidateQueries({ queryKey: scheduleKeys.all })
    },
    onError: (error: unknown) => {
      const { title, detail } = asProblem(error)
      notifications.show({ color: 'red', title, message: detail, autoClose: 10_000 })
    },
  })
  return {
    trigger: useMutation(command(triggerSchedule, 'was triggered')),
    resume: useMutation(command(resumeSchedule, 'goes on')),
  }
}
