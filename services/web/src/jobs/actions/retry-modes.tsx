import { Radio, Stack } from '@mantine/core'
import type { ActionDecision, RetryMode } from '@plumbline/workflows'

interface RetryModesProps {
  mode: RetryMode
  fromFailure: ActionDecision
  /** The labels of the steps that would be taken over. */
  takenOver: readonly string[]
  onChange: (mode: RetryMode) => void
}

/** From the start or from the failure: what each does, and why the second is not possible where it is not. */
export function RetryModes({ mode, fromFailure, takenOver, onChange }: RetryModesProps) {
  return (
    <Radio.Group
      label="Where it begins"
      value={mode}
      onChange={(chosen) => onChange(chosen === 'from_failure' ? 'from_failure' : 'from_start')}
    >
      <Stack gap="xs" mt={6}>
        <Radio
          value="from_failure"
          label="From where it stopped"
          disabled={!fromFailure.allowed}
          description={fromFailure.allowed ? `Not run again: ${takenOver.join(', ')}` : fromFailure.reason}
        />
        <Radio value="from_start" label="From the start" description="Every step runs again" />
      </Stack>
    </Radio.Group>
  )
}
