import { Button, Checkbox, Group, Radio, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { overlapPolicies } from '@plumbline/workflows'
import { readersZone } from '../../text/time.ts'
import { cronAt, cronOfPreset, cronPresets, presetOf, timeOfCron } from './cron-presets.ts'
import { DurationField } from './duration-field.tsx'
import { overlapTexts } from './overlap-texts.ts'
import { timeZones } from './time-zones.ts'
import type { FieldsProps } from './what-fields.tsx'

/** When it runs: by the calendar or at a distance, and by which clock. */
export function WhenFields({ form, errors, onChange }: FieldsProps) {
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
        <CronFields form={form} errors={errors} onChange={onChange} />
      ) : (
        <DurationField
          label="Every"
          description="At least a minute; counted from the clock, not from when the schedule was made"
          value={form.interval}
          error={errors['interval']}
          onChange={(interval) => onChange({ interval })}
        />
      )}
      <Select
        label="Time zone"
        description={`Yours is ${readersZone()}`}
        searchable
        allowDeselect={false}
        limit={100}
        maxDropdownHeight={280}
        nothingFoundMessage="No such time zone"
        data={timeZones(form.timezone)}
        value={form.timezone}
        error={errors['timezone']}
        onChange={(timezone) => timezone !== null && onChange({ timezone })}
      />
    </Stack>
  )
}

function CronFields({ form, errors, onChange }: Omit<FieldsProps, 'stored'>) {
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
            w={120}
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

/** How strictly it keeps to its times. */
export function PolicyFields({ form, stored, errors, onChange }: FieldsProps) {
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
