import { Radio, Stack } from '@mantine/core'
import type { RetryMode } from '@plumbline/workflows'

/** Where the attempts of many jobs begin; which of them can go on is only known when their turn comes. */
export function BulkRetryModes({ mode, onChange }: { mode: RetryMode; onChange: (mode: RetryMode) => void }) {
  return (
    <Radio.Group
      label="Where they begin"
      value={mode}
      onChange={(chosen) => onChange(chosen === 'from_failure' ? 'from_failure' : 'from_start')}
    >
      <Stack gap="xs" mt={6}>
        <Radio value="from_start" label="From the start" description="Every step runs again" />
        <Radio
          value="from_failure"
          label="From where each stopped"
          description="Steps that finished are not run again; a job that can only begin again is refused"
        />
      </Stack>
    </Radio.Group>
  )
}
