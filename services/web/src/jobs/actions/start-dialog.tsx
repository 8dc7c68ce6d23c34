import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { jobDefinition, type JobType } from '@plumbline/workflows'
import { useState } from 'react'
import { asProblem, fieldErrors } from '../../api/problem.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { useFormCheck } from '../../shell/use-form-check.tsx'
import { ConfigFields } from '../config/config-fields.tsx'
import { configFieldNames, configProblems, givenConfig, type Config } from '../config/config-form-state.ts'
import { useShowRefusedStart } from './refused-start.tsx'
import { useStartJob } from './use-start-job.tsx'

interface StartDialogProps {
  type: JobType
  assetId: string
  onClose: () => void
}

/** Starts a job with a configuration of its own; what is not touched follows the defaults of the job type. */
export function StartDialog({ type, assetId, onClose }: StartDialogProps) {
  const definition = jobDefinition(type)
  const [config, setConfig] = useState<Config>({})
  const start = useStartJob()
  const showRefused = useShowRefusedStart()
  const problems = configProblems(type, config)
  const errors = { ...(start.isError && fieldErrors(asProblem(start.error))), ...problems }
  const check = useFormCheck(problems, configFieldNames(type))
  const submit = (): void => {
    if (!check.passes()) return
    start.mutate(
      { type, assetId, config: givenConfig(type, config) },
      {
        onSuccess: onClose,
        onError: (error) => {
          // Another configuration would not help: that an active job is in the way is said where one can go to it.
          if (asProblem(error).existingJobId === undefined) return
          onClose()
          showRefused(error)
        },
      },
    )
  }
  return (
    <Modal opened size="lg" onClose={onClose} title={`${definition.label} with options`}>
      <form action={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">
            {definition.description}. The options are for this job only; a schedule has its own.
          </Text>
          <ConfigFields
            type={type}
            config={config}
            errors={errors}
            onChange={(changed) => {
              // What the server refused belongs to what was sent, not to what is chosen now.
              if (start.isError) start.reset()
              setConfig(changed)
            }}
          />
          {check.note}
          {start.isError && <ProblemAlert error={start.error} shownFields={configFieldNames(type)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={start.isPending}>
              Start the job
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
