import { quoteIdentifier, readIdentifier } from '../double-quoted.ts'

export { quoteIdentifier }

/** A bare name is read in upper case; in quotes it stands as it is. */
export const foldIdentifier = (identifier: string): string => readIdentifier(identifier, (bare) => bare.toUpperCase())

/** An identifier as people would write it: bare where that means the same. */
export const writtenIdentifier = (name: string): string =>
  /^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : quoteIdentifier(name)

export const quoteName = (...parts: readonly string[]): string => parts.map(quoteIdentifier).join('.')

/** A text as a constant: a backslash begins an escape in it. */
export function quoteLiteral(text: string): string {
  if (text.includes('\0')) throw new TypeError('a text cannot hold a NUL character')
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
