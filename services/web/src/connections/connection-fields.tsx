import { Group, NumberInput, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { CertificateFields } from './certificate-fields.tsx'
import { looksLikePostgresUrl, parsePostgresUrl } from './postgres-url.ts'
import { sslModeNames, type ConnectionFieldsProps, type ConnectionForm } from './connection-form-state.ts'

/** The fields whose errors are shown beside them, under the API's names. */
export const shownFields = [
  'name',
  'settings.host',
  'settings.port',
  'settings.database',
  'settings.user',
  'settings.sslMode',
  'settings.sslRootCertificate',
  'settings.sslCertificate',
  'credentials.password',
  'credentials.sslKey',
  'maxConcurrentJobs',
] as const

export function ConnectionFields({ form, stored, errors, onChange }: ConnectionFieldsProps) {
  return (
    <Stack gap="sm">
      <TextInput
        label="Name"
        description={stored ? undefined : 'How people will know it; left empty, it is made of database and host'}
        required={stored}
        maxLength={100}
        value={form.name}
        error={errors['name']}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Group grow align="flex-start" preventGrowOverflow={false} wrap="nowrap">
        <TextInput
          label="Host"
          placeholder="db.example.com, or paste a postgres:// address"
          required
          data-autofocus={!stored || undefined}
          flex={3}
          value={form.host}
          error={errors['settings.host']}
          onChange={(event) => onChange(hostChange(event.currentTarget.value))}
        />
        <NumberInput
          label="Port"
          required
          min={1}
          max={65535}
          hideControls
          flex={1}
          value={form.port}
          error={errors['settings.port']}
          onChange={(port) => onChange({ port: typeof port === 'number' ? port : '' })}
        />
      </Group>
      <TextInput
        label="Database"
        required
        maxLength={63}
        value={form.database}
        error={errors['settings.database']}
        onChange={(event) => onChange({ database: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <TextInput
          label="User"
          required
          maxLength={63}
          autoComplete="off"
          value={form.user}
          error={errors['settings.user']}
          onChange={(event) => onChange({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label="Password"
          autoComplete="new-password"
          placeholder={stored ? 'Unchanged' : 'Or env:NAME, file:PATH'}
          value={form.password}
          error={errors['credentials.password']}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
        />
      </Group>
      <Group grow align="flex-start">
        <Select
          label="TLS (sslmode)"
          allowDeselect={false}
          data={sslModeNames}
          value={form.sslMode}
          error={errors['settings.sslMode']}
          onChange={(sslMode) => onChange(sslMode === null ? {} : { sslMode })}
        />
        <NumberInput
          label="Jobs at once"
          min={1}
          max={100}
          value={form.maxConcurrentJobs}
          error={errors['maxConcurrentJobs']}
          onChange={(jobs) => onChange({ maxConcurrentJobs: typeof jobs === 'number' ? jobs : '' })}
        />
      </Group>
      {form.sslMode !== 'disable' && (
        <CertificateFields form={form} stored={stored} errors={errors} onChange={onChange} />
      )}
    </Stack>
  )
}

/** A whole address in the host field fills every field it speaks of, and does not stay to be read. */
function hostChange(text: string): Partial<ConnectionForm> {
  if (!looksLikePostgresUrl(text)) return { host: text }
  return parsePostgresUrl(text) ?? { host: text }
}
