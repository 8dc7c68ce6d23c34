import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { numberText } from '../../text/count.ts'
import { measures, numberTyped, typedNumber } from './config-form-state.ts'
import type { ConfigField } from '@plumbline/workflows'

interface ConfigNumberFieldProps {
  field: Extract<ConfigField, { unit: unknown }>
  value: number | undefined
  error: string | null
  onChange: (value: number | undefined) => void
}

/**
 * A number in the unit people think in. What is typed is kept as it is typed, because `0.0` is on its way to `0.05`. What lies
 * out of bounds is refused with a reason rather than corrected in silence.
 */
export function ConfigNumberField({ field, value, error, onChange }: ConfigNumberFieldProps) {
  const { title, description, unit, type, minimum, maximum, default: byDefault } = field
  const shown = value === undefined ? '' : typedNumber(value, unit)
  const [typed, setTyped] = useState<number | string>(shown)
  const meant = valueOf(typed, field)
  const { suffix, perUnit } = measures[unit]
  const [min, max] = [typedNumber(minimum, unit), typedNumber(maximum, unit)]
  // The schema speaks of its own unit: “at most 1” of a share. What can be wrong is only that it is out of bounds.
  const refused = `must be from ${numberText(min)} to ${numberText(max)}${suffix}`
  return (
    <NumberInput
      label={title}
      description={description}
      error={error === null ? null : refused}
      min={min}
      max={max}
      clampBehavior="none"
      allowDecimal={type === 'number' || perUnit !== 1}
      suffix={suffix}
      thousandSeparator=","
      placeholder={byDefault === undefined ? '' : `${typedNumber(byDefault, unit)}${suffix}`}
      // Put to another value from outside, it shows that.
      value={meant === value ? typed : shown}
      onChange={(next) => {
        setTyped(next)
        onChange(valueOf(next, field))
      }}
    />
  )
}

const valueOf = (typed: number | string, field: ConfigNumberFieldProps['field']): number | undefined =>
  typed === '' || Number.isNaN(Number(typed)) ? undefined : numberTyped(Number(typed), field)
