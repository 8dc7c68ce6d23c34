import { createHash } from 'node:crypto'

/** What is different each time that the same thing happens: ids, times, addresses, counts. In this order: an id has digits too. */
const volatile: readonly [RegExp, string][] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<id>'],
  [/\b\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d(:?\d\d)?)?/g, '<time>'],
  [/\b(0x)?(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/g, '<id>'],
  [/\d+([.,:]\d+)*/g, '<n>'],
  [/\s+/g, ' '],
]
/** Longer messages carry whole statements: their beginning tells what is wrong. */
const mostCharacters = 400

/** A message without what changes from one time to the next. Names in it stay: they tell causes apart. */
export const normalMessage = (message: string): string =>
  volatile
    .reduce((text, [pattern, stand]) => text.replace(pattern, stand), message.toLowerCase().trim())
    .slice(0, mostCharacters)

/** Equal for equal parts, 32 hexadecimal digits. */
export const incidentFingerprint = (parts: readonly (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
