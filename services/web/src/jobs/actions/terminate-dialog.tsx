import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import { jobDefinition } from '@plumbline/workflows'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { terminateJob } from '../../api/job-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { ReasonField } from './reason-field.tsx'
import type { Job } from '@plumbline/api'

/** For a cancel that does not end: says what it costs to force it, and asks why. */
export function TerminateDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const queryClient = useQueryClient()
  const terminate = useMutation({
    mutationFn: () => terminateJob(job.id, { reason: reason.trim() }),
    onSuccess: () => {
      notifications.show({ message: 'The job was forced to stop', color: 'orange' })
      void queryClient.invalidateQueries({ queryKey: ['jobs'] })
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title="Force this job to stop?">
      <form action={() => terminate.mutate()}>
        <Stack>
          <Text size="sm">
            {jobDefinition(job.type).label} of <b>{job.asset.qualifiedName}</b> was asked to stop and has not: its
            database or its worker does not answer.
          </Text>
          <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="group">
            <List size="sm" spacing={4}>
              <List.Item>It ends as cancelled at once, and its place goes to the next job.</List.Item>
              <List.Item>
                What it still writes is refused, and a clean-up ends what it left running in the database as soon as a
                worker can.
              </List.Item>
            </List>
          </Alert>
          <ReasonField required value={reason} onChange={setReason} />
          {terminate.isError && <ProblemAlert error={terminate.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Wait on
            </Button>
            <Button type="submit" color="red" disabled={reason.trim() === ''} loading={terminate.isPending}>
              Force it to stop
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
