import { quoteIdentifier, readIdentifier } from '../double-quoted.ts'

export { quoteIdentifier }

/** A bare name is read in lower case; in quotes it stands as it is. */
export const foldIdentifier = (identifier: string): string => readIdentifier(identifier, (bare) => bare.toLowerCase())

/** A relation with its schema, both quoted. */
export function quoteRelation(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
}

/** A text as a constant, whatever the server's `standard_conforming_strings`. */
export function quoteLiteral(text: string): string {
  if (text.includes('\0')) throw new TypeError('a text cannot hold a NUL character')
  const quoted = `'${text.replaceAll("'", "''")}'`
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted
}
