import { Checkbox, JsonInput, Radio, Stack, Text } from '@mantine/core'
import { overlapPolicies } from '@plumbline/workflows'
import { DurationField } from './duration-field.tsx'
import { overlapTexts } from './overlap-texts.ts'
import type { FieldsProps } from './what-fields.tsx'

/** How it runs: strictly at its times or not, and with which configuration. */
export function HowFields({ form, stored, errors, onChange }: FieldsProps) {
  return (
    <Stack gap="sm">
      <Radio.Group
        label="When a tick comes while the job of the tick before is still active"
        value={form.overlap}
        error={errors['overlap']}
        onChange={(overlap) => onChange({ overlap })}
      >
        <Stack gap={6} mt={4}>
          {overlapPolicies.map((policy) => (
            <Radio
              key={policy}
              value={policy}
              label={overlapTexts[policy].label}
              description={overlapTexts[policy].text}
            />
          ))}
        </Stack>
      </Radio.Group>
      <DurationField
        label="Jitter"
        description="Optional: each tick is put off by a random part of this, so that many schedules do not start at once"
        value={form.jitter}
        error={errors['jitter']}
        onChange={(jitter) => onChange({ jitter })}
      />
      <JsonInput
        label="Configuration"
        description={
          stored ? 'Of the jobs it starts' : 'Of the jobs it starts; shown is what this job type does by default'
        }
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={form.config}
        error={errors['config']}
        onChange={(config) => onChange({ config })}
      />
      {stored ? (
        <Text size="xs" c="dimmed">
          Its runs, skipped ticks and jobs so far stay as they are; the change counts from the next tick.
        </Text>
      ) : (
        <Checkbox
          label="Paused to begin with"
          description="It runs only when triggered, until it is resumed"
          checked={form.paused}
          onChange={(event) => onChange({ paused: event.currentTarget.checked })}
        />
      )}
    </Stack>
  )
}
