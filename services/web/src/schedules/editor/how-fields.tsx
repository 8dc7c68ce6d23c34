import { Checkbox, Radio, Stack, Text } from '@mantine/core'
import { overlapPolicies } from '@plumbline/workflows'
import { FoldedConfig } from '../../jobs/config/folded-config.tsx'
import { DurationField } from './duration-field.tsx'
import { overlapTexts } from './overlap-texts.ts'
import type { FieldsProps } from './what-fields.tsx'

/** How it runs: strictly at its times or not, and with which options. */
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
      <FoldedConfig
        type={form.type}
        config={form.config}
        unchanged="As by default, for each job it starts"
        errors={errors}
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
