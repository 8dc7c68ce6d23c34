import { Button, Stack, Textarea, type TextareaProps } from '@mantine/core'
import { useState } from 'react'
import type { ConnectionFieldsProps } from './connection-form-state.ts'

const pem: TextareaProps = {
  autosize: true,
  minRows: 2,
  maxRows: 5,
  spellCheck: false,
  autoComplete: 'off',
  styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' } },
}

/** Certificates of one's own are rare: they stay folded away until somebody has, or wants, some. */
export function CertificateFields({ form, stored, errors, onChange }: ConnectionFieldsProps) {
  const [shown, setShown] = useState(form.sslRootCertificate !== '' || form.sslCertificate !== '')
  if (!shown)
    return (
      <Button variant="subtle" size="compact-sm" w="fit-content" onClick={() => setShown(true)}>
        Certificates of your own…
      </Button>
    )
  return (
    <Stack gap="sm">
      <Textarea
        {...pem}
        label="Root certificate"
        description="Who may have signed the server's certificate; left empty, the public authorities"
        placeholder="-----BEGIN CERTIFICATE-----"
        value={form.sslRootCertificate}
        error={errors['settings.sslRootCertificate']}
        onChange={(event) => onChange({ sslRootCertificate: event.currentTarget.value })}
      />
      <Textarea
        {...pem}
        label="Client certificate"
        description="For a server that asks who connects"
        placeholder="-----BEGIN CERTIFICATE-----"
        value={form.sslCertificate}
        error={errors['settings.sslCertificate']}
        onChange={(event) => onChange({ sslCertificate: event.currentTarget.value })}
      />
      <Textarea
        {...pem}
        label="Key of the client certificate"
        description="Sealed, and never shown again. With a new key or password both are replaced: give both"
        placeholder={stored ? 'Unchanged' : '-----BEGIN PRIVATE KEY-----, or env:NAME, file:PATH'}
        value={form.sslKey}
        error={errors['credentials.sslKey']}
        onChange={(event) => onChange({ sslKey: event.currentTarget.value })}
      />
    </Stack>
  )
}
