import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { jobDefinition } from '@plumbline/workflows'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { cancelJob } from '../../api/job-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import type { Job } from '@plumbline/api'

export function CancelDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const queryClient = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => cancelJob(job.id, reason.trim() === '' ? {} : { reason: reason.trim() }),
    onSuccess: () => {
      notifications.show({ message: 'Cancellation was asked for', color: 'orange' })
      void queryClient.invalidateQueries({ queryKey: ['jobs'] })
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title="Cancel this job?">
      <form action={() => cancel.mutate()}>
        <Stack>
          <Text size="sm">
            {jobDefinition(job.type).label} of <b>{job.asset.qualifiedName}</b> stops, and so does its statement in the
            database. What it has stored so far stays.
          </Text>
          <Textarea
            label="Reason"
            description="Optional; kept in the audit"
            maxLength={1000}
            autosize
            minRows={2}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {cancel.isError && <ProblemAlert error={cancel.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep it running
            </Button>
            <Button type="submit" color="red" loading={cancel.isPending}>
              Cancel the job
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
