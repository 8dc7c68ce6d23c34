import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useFirstErrorFocus } from './use-first-error-focus.ts'

export const attentionText = (count: number): string =>
  count === 1 ? '1 field needs attention' : `${count} fields need attention`

/** For a form that was not sent: how many of its fields have to be mended. The keyboard goes to the first. */
export function AttentionAlert({ count }: { count: number }) {
  const place = useFirstErrorFocus<HTMLDivElement>(true)
  return (
    <Alert
      ref={place}
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={attentionText(count)}
      role="alert"
    />
  )
}
