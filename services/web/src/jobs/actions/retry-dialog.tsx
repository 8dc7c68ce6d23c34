import { Button, Group, JsonInput, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { jobDefinition } from '@plumbline/workflows'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { jobDetail, retryJob } from '../../api/job-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { configText, parseConfig } from './config-text.ts'
import { useShowStartedJob } from './started-job.tsx'
import type { Job } from '@plumbline/api'

/** Retries with the same configuration, or with one that is edited first. */
export function RetryDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const detail = useQuery(jobDetail(job.id))
  return (
    <Modal opened onClose={onClose} title="Retry this job" size="lg">
      {detail.data !== undefined && <RetryForm job={job} config={detail.data.config} onClose={onClose} />}
      {detail.isPending && <Skeleton height={180} />}
      {detail.isError && <ProblemAlert error={detail.error} onRetry={() => void detail.refetch()} />}
    </Modal>
  )
}

interface RetryFormProps {
  job: Job
  config: Record<string, unknown>
  onClose: () => void
}

function RetryForm({ job, config, onClose }: RetryFormProps) {
  const before = configText(config)
  const [text, setText] = useState(before)
  const parsed = parseConfig(text)
  const queryClient = useQueryClient()
  const showStarted = useShowStartedJob()
  const retry = useMutation({
    mutationFn: (edited: Record<string, unknown> | undefined) =>
      retryJob(job.id, edited === undefined ? {} : { config: edited }),
    onSuccess: (started) => {
      void queryClient.invalidateQueries({ queryKey: ['jobs'] })
      onClose()
      showStarted(started)
    },
  })
  const submit = (): void => {
    if (parsed.ok) retry.mutate(text === before ? undefined : parsed.config)
  }
  return (
    <form action={submit}>
      <Stack>
        <Text size="sm">
          Starts attempt {job.attempt + 1} of {jobDefinition(job.type).label.toLowerCase()} of{' '}
          <b>{job.asset.qualifiedName}</b>. This job stays as it is, linked with the new one.
        </Text>
        <JsonInput
          label="Configuration"
          description="As it was; edit it for this attempt if you like"
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={text}
          onChange={setText}
          error={parsed.ok ? null : parsed.message}
        />
        {retry.isError && <ProblemAlert error={retry.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={retry.isPending} disabled={!parsed.ok} data-autofocus>
            Retry
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
