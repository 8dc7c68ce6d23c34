/**
 * An identifier as it can stand in a statement: always quoted, so that case, spaces, keywords and quotes in a name mean
 * nothing.
 * @throws TypeError for a NUL character, which no Postgres name holds and which would end the statement early
 */
export function quoteIdentifier(name: string): string {
  if (name.includes('\0')) throw new TypeError('an identifier cannot hold a NUL character')
  return `"${name.replaceAll('"', '""')}"`
}

/** A bare name is read in lower case; in quotes it stands as it is. */
export function foldIdentifier(identifier: string): string {
  const quoted = /^"((?:[^"]|"")+)"$/s.exec(identifier)?.[1]
  return quoted === undefined ? identifier.toLowerCase() : quoted.replaceAll('""', '"')
}

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
