import { z } from 'zod'
import type { FieldResource } from './resources.ts'

const zRecord = z.object({ f: z.array(z.object({ v: z.unknown() })) })
const zRepeated = z.array(z.object({ v: z.unknown() }))

/** A value of a row as a text; what is nested as JSON; null for none. Numbers come as texts, and stay exact so. */
export function cellText(value: unknown, field: FieldResource): string | null {
  if (value === null || value === undefined) return null
  const plain = plainOf(value, field)
  return typeof plain === 'string' ? plain : JSON.stringify(plain)
}

function plainOf(value: unknown, field: FieldResource): unknown {
  if (value === null || value === undefined) return null
  if (field.mode === 'REPEATED')
    return zRepeated.parse(value).map(({ v }) => plainOf(v, { ...field, mode: 'NULLABLE' }))
  if (field.fields !== undefined) {
    const { f } = zRecord.parse(value)
    return Object.fromEntries(field.fields.map((part, index) => [part.name, plainOf(f[index]?.v, part)]))
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return field.type === 'TIMESTAMP' ? timeText(text) : text
}

/** @param micros since 1970 */
export function timeText(micros: string): string {
  const time = new Date(Number(BigInt(micros) / 1000n))
  return Number.isNaN(time.getTime()) ? micros : time.toISOString()
}
