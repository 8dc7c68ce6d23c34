/** What warehouses that follow standard SQL share: a name in double quotes is read as it stands, a double quote in it is written twice. */

/**
 * An identifier as it can stand in a statement: always quoted, so that case, dots, spaces, keywords and quotes in a name mean nothing.
 * @throws TypeError for a NUL character, which no name holds and which would end the statement early
 */
export function quoteIdentifier(name: string): string {
  if (name.includes('\0')) throw new TypeError('an identifier cannot hold a NUL character')
  return `"${name.replaceAll('"', '""')}"`
}

/** The name that an identifier of a statement means: in quotes it stands as it is, bare it is read as the warehouse folds it. */
export function readIdentifier(identifier: string, fold: (bare: string) => string): string {
  const quoted = /^"((?:[^"]|"")+)"$/s.exec(identifier)?.[1]
  return quoted === undefined ? fold(identifier) : quoted.replaceAll('""', '"')
}
