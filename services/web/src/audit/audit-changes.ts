import { counterLabel } from '../text/count.ts'
import { valueText } from './value-text.ts'
import type { AuditEntry } from '@plumbline/api'

/** One field that an action set or changed; of a field inside another the name is dotted, `settings.port`. */
export interface AuditChange {
  field: string
  before: string | null
  after: string | null
}

/** `config.maxRemovedShare` as `Options › max removed share`. */
export function fieldLabel(field: string): string {
  const [first = '', ...inner] = field.split('.')
  return [
    first === 'config' ? 'Options' : counterLabel(first),
    ...inner.map((name) => counterLabel(name).toLowerCase()),
  ].join(' › ')
}

type Values = Record<string, unknown>

/** The fields that differ between before and after; of something new or deleted, all of them. */
export function auditChanges({ before, after }: Pick<AuditEntry, 'before' | 'after'>): AuditChange[] {
  const old = flattened(before ?? {})
  const now = flattened(after ?? {})
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
    .filter((change) => change.before !== change.after)
}

function flattened(values: Values, prefix = ''): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of Object.entries(values)) {
    const inner = isValues(value) ? [...flattened(value, `${prefix}${name}.`)] : []
    for (const [field, text] of inner) fields.set(field, text)
    if (inner.length === 0 && value !== null && value !== undefined) fields.set(prefix + name, valueText(name, value))
  }
  return fields
}

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
