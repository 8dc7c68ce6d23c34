import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { hasEnded, jobDefinition } from '@plumbline/workflows'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { cancelJob, jobDetail } from '../../api/job-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { counted } from '../../text/count.ts'
import { ReasonField } from './reason-field.tsx'
import type { CancelJob, Job } from '@plumbline/api'

export function CancelDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [children, setChildren] = useState(false)
  const activeChildren = useActiveChildren(job.id)
  const queryClient = useQueryClient()
  const cancel = useMutation({
    mutationFn: (input: CancelJob) => cancelJob(job.id, input),
    onSuccess: () => {
      notifications.show({ message: 'Cancellation was asked for', color: 'orange' })
      void queryClient.invalidateQueries({ queryKey: ['jobs'] })
      onClose()
    },
  })
  const submit = (): void =>
    cancel.mutate({
      children: children && activeChildren > 0,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    })
  return (
    <Modal opened onClose={onClose} title="Cancel this job?">
      <form action={submit}>
        <Stack>
          <Text size="sm">
            {jobDefinition(job.type).label} of <b>{job.asset.qualifiedName}</b> stops, and so does its statement in the
            database. What it has stored so far stays.
          </Text>
          {activeChildren > 0 && (
            <Checkbox
              label={`Also cancel the ${counted(activeChildren, 'job')} it started`}
              description="Otherwise they go on by themselves"
              checked={children}
              onChange={(event) => setChildren(event.currentTarget.checked)}
            />
          )}
          <ReasonField value={reason} onChange={setReason} />
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

/** How many of the jobs that it started have not ended. The list does not say, so its detail is asked. */
function useActiveChildren(jobId: string): number {
  const { data } = useQuery(jobDetail(jobId))
  return data?.children.filter((child) => !hasEnded(child.status)).length ?? 0
}
