import { Group, Input, NumberInput, Select } from '@mantine/core'
import { durationUnitLabels, durationUnits, type DurationForm } from './duration-text.ts'
import type { ReactNode } from 'react'

interface DurationFieldProps {
  label: string
  description?: ReactNode
  error?: ReactNode
  value: DurationForm
  onChange: (value: DurationForm) => void
}

const units = durationUnits.map((unit) => ({ value: unit, label: durationUnitLabels[unit] }))

/** A length of time as a count and a unit. */
export function DurationField({ label, description, error, value, onChange }: DurationFieldProps) {
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <Group gap="xs" mt={4} wrap="nowrap">
        <NumberInput
          w={110}
          min={1}
          max={999_999}
          allowDecimal={false}
          aria-label={label}
          error={Boolean(error)}
          value={value.count}
          onChange={(count) => onChange({ ...value, count: typeof count === 'number' ? count : '' })}
        />
        <Select
          w={120}
          aria-label={`${label}: unit`}
          allowDeselect={false}
          data={units}
          value={value.unit}
          onChange={(unit) => onChange({ ...value, unit: unit ?? value.unit })}
        />
      </Group>
    </Input.Wrapper>
  )
}
