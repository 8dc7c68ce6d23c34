import {
  connectionKind,
  fieldsOfKind,
  type ConnectionField,
  type ConnectionKind,
  type FieldValues,
} from '@plumbline/connectors/kinds'
import type { Connection, CreateConnectionInput, UpdateConnection } from '@plumbline/api'

/** What the form holds: all as typed, so that a half-written number is not lost. */
export interface ConnectionForm {
  kind: ConnectionKind
  name: string
  /** By the key of its field; a credential is empty when editing: the stored one stays. */
  values: FieldValues
  maxConcurrentJobs: number | ''
}

/** What the fields of the form are given. */
export interface ConnectionFieldsProps {
  form: ConnectionForm
  /** Of a stored connection an empty credential means: as it is. */
  stored: boolean
  /** Messages by field, under the API's names. */
  errors: Record<string, string>
  onChange: (change: Partial<ConnectionForm>) => void
}

const fieldsOf = ({ kind }: Pick<ConnectionForm, 'kind'>): ConnectionField[] => fieldsOfKind(connectionKind(kind))

export const emptyForm = (kind: ConnectionKind): ConnectionForm => ({
  kind,
  name: '',
  values: Object.fromEntries(fieldsOf({ kind }).map((field) => [field.key, String(field.default ?? '')])),
  maxConcurrentJobs: 4,
})

/** The form of a stored connection; its credentials never come back. */
export function formOf({ kind, name, settings, maxConcurrentJobs }: Connection): ConnectionForm {
  const stored = fieldsOf({ kind })
    .filter(({ part }) => part === 'settings')
    .map((field): [string, string] => [field.key, textOf(settings[field.name], field)])
  return { kind, name, values: { ...emptyForm(kind).values, ...Object.fromEntries(stored) }, maxConcurrentJobs }
}

const textOf = (value: unknown, { default: usual }: ConnectionField): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : String(usual ?? '')

const typed = (form: ConnectionForm, key: string): string => form.values[key] ?? ''

/** Those that mean something beside what else is chosen. */
export const shownFields = (form: ConnectionForm): ConnectionField[] =>
  fieldsOf(form).filter(({ when }) => when === undefined || when.is.includes(typed(form, `settings.${when.setting}`)))

/** The fields whose errors are shown beside them, under the API's names. */
export const fieldsWithErrors = (form: ConnectionForm): string[] => [
  'name',
  ...shownFields(form).map(({ key }) => key),
  'maxConcurrentJobs',
]

/** What is typed so far, by the names of the settings. */
export const typedSettings = (form: ConnectionForm): Record<string, string> =>
  Object.fromEntries(
    fieldsOf(form).flatMap(({ part, key, name }) => (part === 'settings' ? [[name, typed(form, key)]] : [])),
  )

/** What a text in the field says of the whole form, where it is an address. */
export const changeOf = (form: ConnectionForm, field: ConnectionField, text: string): Partial<ConnectionForm> => {
  const address = field.input === 'address' ? connectionKind(form.kind).readAddress(text) : null
  return { values: { ...form.values, ...(address ?? { [field.key]: text }) } }
}

/** @param empty what an empty setting that may be missing is sent as; undefined: not at all */
function settingsOf(form: ConnectionForm, empty: null | undefined): Record<string, unknown> {
  const settings = fieldsOf(form)
    .filter(({ part }) => part === 'settings')
    .map((field): [string, unknown] => [field.name, sentValue(field, typed(form, field.key), empty)])
  return Object.fromEntries(settings.filter(([, value]) => value !== undefined))
}

function sentValue(
  { type, input, nullable, required }: ConnectionField,
  text: string,
  empty: null | undefined,
): unknown {
  const value = input === 'text' ? text : text.trim()
  if (value === '') return nullable ? empty : required ? '' : undefined
  return type === 'integer' ? Number(value) : value
}

const credentialsOf = (form: ConnectionForm): Record<string, string> =>
  Object.fromEntries(
    shownFields(form).flatMap(({ part, key, name, required, input }) => {
      const text = input === 'pem' ? typed(form, key).trim() : typed(form, key)
      return part === 'credentials' && (required || text !== '') ? [[name, text]] : []
    }),
  )

const hasTypedCredentials = (form: ConnectionForm): boolean =>
  Object.values(credentialsOf(form)).some((text) => text !== '')

const jobsOf = ({ maxConcurrentJobs }: ConnectionForm) => (maxConcurrentJobs === '' ? {} : { maxConcurrentJobs })

export function createInput(form: ConnectionForm): CreateConnectionInput {
  const name = form.name.trim()
  return {
    name: name === '' ? connectionKind(form.kind).suggestName(typedSettings(form)) : name,
    kind: form.kind,
    settings: settingsOf(form, undefined),
    credentials: credentialsOf(form),
    ...jobsOf(form),
  }
}

export const updateInput = (form: ConnectionForm): UpdateConnection => ({
  name: form.name.trim(),
  // An emptied certificate is taken away.
  settings: settingsOf(form, null),
  ...(hasTypedCredentials(form) && { credentials: credentialsOf(form) }),
  ...jobsOf(form),
})
