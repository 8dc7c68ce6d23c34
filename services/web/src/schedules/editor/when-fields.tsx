import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { cronAt, cronOfPreset, cronPresets, presetOf, timeOfCron } from './cron-presets.ts'
import { DurationField } from './duration-field.tsx'
import { TimeZoneField } from './time-zone-field.tsx'
import type { FieldsProps } from './what-fields.tsx'

/** When it runs: by the calendar or at a distance, and by which clock. */
export function WhenFields({ form, stored, errors, onChange }: FieldsProps) {
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Rhythm"
        data={[
          { value: 'cron', label: 'By the calendar' },
          { value: 'interval', label: 'Every so often' },
        ]}
        value={form.rhythm}
        onChange={(rhythm) => onChange({ rhythm })}
      />
      {form.rhythm === 'cron' ? (
        <CronFields form={form} stored={stored} errors={errors} onChange={onChange} />
      ) : (
        <DurationField
          label="Every"
          description="At least a minute; counted from the clock, not from when the schedule was made"
          value={form.interval}
          error={errors['interval']}
          onChange={(interval) => onChange({ interval })}
        />
      )}
      <TimeZoneField value={form.timezone} error={errors['timezone']} onChange={(timezone) => onChange({ timezone })} />
    </Stack>
  )
}

function CronFields({ form, stored, errors, onChange }: FieldsProps) {
  const time = timeOfCron(form.cron)
  const preset = presetOf(form.cron)
  return (
    <>
      <Group gap="xs" role="group" aria-label="Presets">
        {cronPresets.map(({ label }) => (
          <Button
            key={label}
            size="compact-sm"
            variant={label === preset ? 'light' : 'default'}
            aria-pressed={label === preset}
            onClick={() => onChange({ cron: cronOfPreset(label, form.cron) })}
          >
            {label}
          </Button>
        ))}
      </Group>
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          label="Cron expression"
          description="Minute, hour, day of month, month, day of week"
          required
          data-autofocus={stored || undefined}
          spellCheck={false}
          autoComplete="off"
          maxLength={200}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={form.cron}
          error={errors['cron']}
          onChange={(event) => onChange({ cron: event.currentTarget.value })}
        />
        {time !== null && (
          <TextInput
            w={144}
            type="time"
            label="At"
            description="Time of day"
            value={time}
            onChange={(event) => onChange({ cron: cronAt(form.cron, event.currentTarget.value) })}
          />
        )}
      </Group>
    </>
  )
}
