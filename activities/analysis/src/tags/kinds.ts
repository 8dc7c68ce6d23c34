import type { ColumnType } from '@plumbline/workflows'

export const piiKinds = [
  'email',
  'phone',
  'person_name',
  'address',
  'ssn',
  'national_id',
  'credit_card',
  'iban',
  'bank_account',
  'passport',
  'drivers_license',
  'dob',
  'ip_address',
  'mac_address',
  'geo',
  'username',
  'credential',
] as const
export type PiiKind = (typeof piiKinds)[number]

export const sensitivities = ['public', 'internal', 'confidential', 'restricted'] as const
export type Sensitivity = (typeof sensitivities)[number]

export const domains = [
  'sales',
  'finance',
  'hr',
  'product',
  'marketing',
  'support',
  'operations',
  'it',
  'health',
] as const
export type Domain = (typeof domains)[number]

interface KindRule {
  label: string
  /** How bad it is when it leaks: what opens accounts or is used to impersonate is restricted. */
  sensitivity: Sensitivity
  /** In which types it can be kept; in others a name says nothing. */
  types: readonly ColumnType[]
}

const texts = ['text', 'other'] as const
const numbers = ['text', 'integer', 'decimal', 'other'] as const

export const kindRules: Record<PiiKind, KindRule> = {
  email: { label: 'e-mail addresses', sensitivity: 'confidential', types: [...texts, 'array', 'json', 'struct'] },
  phone: { label: 'phone numbers', sensitivity: 'confidential', types: [...numbers, 'array'] },
  person_name: { label: 'names of people', sensitivity: 'confidential', types: texts },
  address: { label: 'postal addresses', sensitivity: 'confidential', types: [...texts, 'json', 'struct'] },
  ssn: { label: 'US social security numbers', sensitivity: 'restricted', types: numbers },
  national_id: { label: 'national identity numbers', sensitivity: 'restricted', types: numbers },
  credit_card: { label: 'payment card numbers', sensitivity: 'restricted', types: numbers },
  iban: { label: 'IBANs', sensitivity: 'restricted', types: texts },
  bank_account: { label: 'bank account numbers', sensitivity: 'restricted', types: numbers },
  passport: { label: 'passport numbers', sensitivity: 'restricted', types: numbers },
  drivers_license: { label: 'driving licence numbers', sensitivity: 'restricted', types: numbers },
  dob: { label: 'dates of birth', sensitivity: 'confidential', types: [...texts, 'date', 'timestamp'] },
  ip_address: { label: 'IP addresses', sensitivity: 'confidential', types: [...texts, 'network', 'array'] },
  mac_address: { label: 'MAC addresses', sensitivity: 'confidential', types: [...texts, 'network'] },
  geo: { label: 'positions on earth', sensitivity: 'confidential', types: [...texts, 'decimal', 'float', 'geo'] },
  username: { label: 'user names', sensitivity: 'confidential', types: texts },
  credential: { label: 'secrets', sensitivity: 'restricted', types: [...numbers, 'binary'] },
}
