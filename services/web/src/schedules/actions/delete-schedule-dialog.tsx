import { useMutation, useQueryClient } from '@tanstack/react-query'
import { deleteSchedule, scheduleDetail, scheduleKeys } from '../../api/schedule-calls.ts'
import { DeleteConfirmation } from '../../shell/delete-confirmation.tsx'
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
    <DeleteConfirmation
      name={schedule.name}
      kind="schedule"
      consequences="It starts nothing any more, and its list of skipped ticks goes with it. The jobs it started stay, and so does the audit. To stop it for a while, pause it instead."
      remove={remove}
      onClose={onClose}
    />
  )
}
