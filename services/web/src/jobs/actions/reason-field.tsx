import { Textarea } from '@mantine/core'

interface ReasonFieldProps {
  value: string
  required?: boolean
  onChange: (reason: string) => void
}

/** Why somebody does what cannot be undone; kept in the audit. */
export function ReasonField({ value, required = false, onChange }: ReasonFieldProps) {
  return (
    <Textarea
      label="Reason"
      description={required ? 'Kept in the audit' : 'Optional; kept in the audit'}
      required={required}
      maxLength={1000}
      autosize
      minRows={2}
      data-autofocus
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
