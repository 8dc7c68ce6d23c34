import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { jobDefinition, type RetryMode } from '@plumbline/workflows'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { jobDetail, retryJob } from '../../api/job-calls.ts'
import { asProblem, fieldErrors } from '../../api/problem.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useFormCheck } from '../../shell/use-form-check.tsx'
import {
  changedFields,
  configFieldNames,
  configProblems,
  givenConfig,
  type Config,
} from '../config/config-form-state.ts'
import { FoldedConfig } from '../config/folded-config.tsx'
import { ConfirmRemoval } from './confirm-removal.tsx'
import { fromFailureDecision, takenOverLabels } from './from-failure.ts'
import { RetryModes } from './retry-modes.tsx'
import { useShowStartedJob } from './started-job.tsx'
import type { Job, JobDetail, RetryJob } from '@plumbline/api'

/** Retries from the start or from where it failed, with the same options or with others. */
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
  const { type, attempt } = job
  const [config, setConfig] = useState<Config>(job.config)
  const [chosen, setChosen] = useState<RetryMode>('from_failure')
  const fromFailure = fromFailureDecision(job, config)
  const mode = fromFailure.allowed ? chosen : 'from_start'
  const retry = useRetry(job, onClose)
  const isChanged = changedFields(type, job.config, config).length > 0
  const problems = isChanged ? configProblems(type, config) : {}
  const check = useFormCheck(problems, configFieldNames(type))
  const submit = (): void => {
    if (check.passes()) retry.mutate({ mode, ...(isChanged && { config: givenConfig(type, config) }) })
  }
  const change = (changed: Config): void => {
    // What the server refused belongs to what was sent, not to what is chosen now.
    if (retry.isError) retry.reset()
    setConfig(changed)
  }
  return (
    <form action={submit} noValidate>
      <Stack>
        <Text size="sm">
          Starts attempt {attempt + 1} of {jobDefinition(type).label.toLowerCase()} of <b>{job.asset.qualifiedName}</b>.
          This job stays as it is, linked with the new one.
        </Text>
        {job.error?.code === 'removal-held-back' && (
          <ConfirmRemoval config={config} before={job.config} onChange={change} />
        )}
        <FoldedConfig
          type={type}
          config={config}
          before={job.config}
          unchanged={`As in attempt ${attempt}`}
          errors={{ ...(retry.isError && fieldErrors(asProblem(retry.error))), ...problems }}
          onChange={change}
        />
        <RetryModes mode={mode} fromFailure={fromFailure} takenOver={takenOverLabels(job)} onChange={setChosen} />
        {check.note}
        {retry.isError && <ProblemAlert error={retry.error} shownFields={configFieldNames(type)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={retry.isPending} data-autofocus>
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
