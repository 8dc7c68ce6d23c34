import type { Connection, CreateConnection, UpdateConnection } from '@plumbline/api'

type PostgresSettings = CreateConnection['settings']
export type SslMode = NonNullable<PostgresSettings['sslMode']>
export const sslModeNames = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const satisfies SslMode[]

/** What the form holds: all as typed, so that a half-written number is not lost. */
export interface ConnectionForm {
  name: string
  host: string
  port: number | ''
  database: string
  user: string
  /** Empty when editing: the stored one stays. */
  password: string
  sslMode: SslMode
  maxConcurrentJobs: number | ''
}

export const emptyForm: ConnectionForm = {
  name: '',
  host: '',
  port: 5432,
  database: '',
  user: '',
  password: '',
  sslMode: 'prefer',
  maxConcurrentJobs: 4,
}

/** The form of a stored connection; the password never comes back. */
export function formOf({ name, settings, maxConcurrentJobs }: Connection): ConnectionForm {
  const text = (key: string): string => {
    const value = settings[key]
    return typeof value === 'string' ? value : ''
  }
  const port = settings['port']
  return {
    name,
    host: text('host'),
    port: typeof port === 'number' ? port : '',
    database: text('database'),
    user: text('user'),
    password: '',
    sslMode: sslModeNames.find((mode) => mode === settings['sslMode']) ?? 'prefer',
    maxConcurrentJobs,
  }
}

const settingsOf = (form: ConnectionForm): PostgresSettings => ({
  host: form.host.trim(),
  ...(form.port === '' ? {} : { port: form.port }),
  database: form.database,
  user: form.user,
  sslMode: form.sslMode,
})

export function createInput(form: ConnectionForm): CreateConnection {
  return {
    name: form.name.trim() === '' ? `${form.database} on ${form.host.trim()}` : form.name.trim(),
    kind: 'postgres',
    settings: settingsOf(form),
    credentials: { password: form.password },
    ...(form.maxConcurrentJobs === '' ? {} : { maxConcurrentJobs: form.maxConcurrentJobs }),
  }
}

export function updateInput(form: ConnectionForm): UpdateConnection {
  return {
    name: form.name.trim(),
    settings: settingsOf(form),
    ...(form.password === '' ? {} : { credentials: { password: form.password } }),
    ...(form.maxConcurrentJobs === '' ? {} : { maxConcurrentJobs: form.maxConcurrentJobs }),
  }
}
