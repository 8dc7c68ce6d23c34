import { NumberInput, PasswordInput, Select, Textarea, TextInput, type TextareaProps } from '@mantine/core'
import type { ConnectionField } from '@plumbline/connectors/kinds'

const pem: TextareaProps = {
  autosize: true,
  minRows: 2,
  maxRows: 5,
  spellCheck: false,
  autoComplete: 'off',
  styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' } },
}

interface KindFieldProps {
  field: ConnectionField
  value: string
  stored: boolean
  /** The first of a row takes the room that the others leave. */
  grows: boolean
  error: string | undefined
  onChange: (text: string) => void
}

/** One field of a connection, as its schema says. */
export function KindField({ field, value, stored, grows, error, onChange }: KindFieldProps) {
  const { title, description, part, required, enum: choices, type, input } = field
  const isSecret = part === 'credentials'
  const common = {
    label: title,
    description: isSecret && input !== 'pem' ? undefined : description,
    placeholder: isSecret && stored ? 'Unchanged' : field.placeholder,
    required: required && !isSecret,
    error,
    ...(grows && { flex: type === 'integer' ? 1 : 3 }),
  }
  const onType = (event: { currentTarget: { value: string } }): void => onChange(event.currentTarget.value)
  if (choices)
    return (
      <Select
        {...common}
        allowDeselect={false}
        data={choices}
        value={value}
        onChange={(choice) => choice !== null && onChange(choice)}
      />
    )
  if (type === 'integer')
    return (
      <NumberInput
        {...common}
        {...(field.minimum !== undefined && { min: field.minimum })}
        {...(field.maximum !== undefined && { max: field.maximum })}
        hideControls
        value={value}
        onChange={(number) => onChange(String(number))}
      />
    )
  if (input === 'pem') return <Textarea {...pem} {...common} value={value} onChange={onType} />
  if (isSecret) return <PasswordInput {...common} autoComplete="new-password" value={value} onChange={onType} />
  return (
    <TextInput
      {...common}
      {...(input !== 'address' && field.maxLength !== undefined && { maxLength: field.maxLength })}
      {...(input === 'address' && !stored && { 'data-autofocus': true })}
      autoComplete="off"
      value={value}
      onChange={onType}
    />
  )
}
