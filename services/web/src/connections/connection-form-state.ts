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
  /** Certificates and key in PEM form; the key is empty when editing, as the password is. */
  sslRootCertificate: string
  sslCertificate: string
  sslKey: string
  maxConcurrentJobs: number | ''
}

/** What the fields of the form are given. */
export interface ConnectionFieldsProps {
  form: ConnectionForm
  /** Of a stored connection an empty password means: as it is. */
  stored: boolean
  /** Messages by field, under the API's names. */
  errors: Record<string, string>
  onChange: (change: Partial<ConnectionForm>) => void
}

export const emptyForm: ConnectionForm = {
  name: '',
  host: '',
  port: 5432,
  database: '',
  user: '',
  password: '',
  sslMode: 'prefer',
  sslRootCertificate: '',
  sslCertificate: '',
  sslKey: '',
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
    sslRootCertificate: text('sslRootCertificate'),
    sslCertificate: text('sslCertificate'),
    sslKey: '',
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

type Certificates = Pick<PostgresSettings, 'sslRootCertificate' | 'sslCertificate'>

/** What is empty is left out, so that nothing is said about it. */
function certificatesOf(form: ConnectionForm): Certificates {
  return {
    ...(form.sslRootCertificate.trim() !== '' && { sslRootCertificate: form.sslRootCertificate.trim() }),
    ...(form.sslCertificate.trim() !== '' && { sslCertificate: form.sslCertificate.trim() }),
  }
}

const credentialsOf = ({ password, sslKey }: ConnectionForm): CreateConnection['credentials'] => ({
  password,
  ...(sslKey.trim() !== '' && { sslKey: sslKey.trim() }),
})

export function createInput(form: ConnectionForm): CreateConnection {
  return {
    name: form.name.trim() === '' ? `${form.database} on ${form.host.trim()}` : form.name.trim(),
    kind: 'postgres',
    settings: { ...settingsOf(form), ...certificatesOf(form) },
    credentials: credentialsOf(form),
    ...(form.maxConcurrentJobs === '' ? {} : { maxConcurrentJobs: form.maxConcurrentJobs }),
  }
}

export function updateInput(form: ConnectionForm): UpdateConnection {
  return {
    name: form.name.trim(),
    // An emptied certificate is taken away; what is not said stays as it was.
    settings: { ...settingsOf(form), sslRootCertificate: null, sslCertificate: null, ...certificatesOf(form) },
    ...(form.password === '' && form.sslKey.trim() === '' ? {} : { credentials: credentialsOf(form) }),
    ...(form.maxConcurrentJobs === '' ? {} : { maxConcurrentJobs: form.maxConcurrentJobs }),
  }
}
