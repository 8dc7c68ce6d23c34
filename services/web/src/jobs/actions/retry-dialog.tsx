import { Button, Group, JsonInput, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { jobDefinition, type RetryMode } from '@plumbline/workflows'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { jobDetail, retryJob } from '../../api/job-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { ConfirmRemoval } from './confirm-removal.tsx'
import { configText, parseConfig } from './config-text.ts'
import { finishedSteps, fromFailureDecision } from './from-failure.ts'
import { RetryModes } from './retry-modes.tsx'
import { useShowStartedJob } from './started-job.tsx'
import type { Job, JobDetail, RetryJob } from '@plumbline/api'

/** Retries from the start or from where it failed, with the same configuration or with one that is edited first. */
export function RetryDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const detail = useQuery(jobDetail(job.id))
  return (
    <Modal opened onClose={onClose} title="Retry this job" size="lg">
      {detail.data !== undefined && <RetryForm job={detail.data} onClose={onClose} />}
      {detail.isPending && <Skeleton height={180} />}
      {detail.isError && <ProblemAlert error={detail.error} onRetry={() => void detail.refetch()} />}
    </Modal>
  )
}

function RetryForm({ job, onClose }: { job: JobDetail; onClose: () => void }) {
  const [before] = useState(() => configText(job.config))
  const [text, setText] = useState(before)
  const [chosen, setChosen] = useState<RetryMode>('from_failure')
  const parsed = parseConfig(text)
  const fromFailure = fromFailureDecision(job, parsed.ok ? parsed.config : null)
  const mode = fromFailure.allowed ? chosen : 'from_start'
  const retry = useRetry(job, onClose)
  const submit = (): void => {
    if (parsed.ok) retry.mutate({ mode, ...(text === before ? {} : { config: parsed.config }) })
  }
  return (
    <form action={submit}>
      <Stack>
        <Text size="sm">
          Starts attempt {job.attempt + 1} of {jobDefinition(job.type).label.toLowerCase()} of{' '}
          <b>{job.asset.qualifiedName}</b>. This job stays as it is, linked with the new one.
        </Text>
        <RetryModes mode={mode} fromFailure={fromFailure} takenOver={finishedSteps(job)} onChange={setChosen} />
        {job.error?.code === 'removal-held-back' && parsed.ok && (
          <ConfirmRemoval config={parsed.config} onChange={(config) => setText(configText(config))} />
        )}
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

function useRetry(job: Job, onClose: () => void) {
  const queryClient = useQueryClient()
  const showStarted = useShowStartedJob()
  return useMutation({
    mutationFn: (input: RetryJob) => retryJob(job.id, input),
    onSuccess: (started) => {
      void queryClient.invalidateQueries({ queryKey: ['jobs'] })
      onClose()
      showStarted(started)
    },
  })
}
