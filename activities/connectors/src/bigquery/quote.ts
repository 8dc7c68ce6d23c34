const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '`': '\\`', "'": "\\'" }
const escaped = (text: string, quote: '`' | "'"): string =>
  text.replaceAll(/[\\\n\r`']/g, (one) => ((one === '`' || one === "'") && one !== quote ? one : (escapes[one] ?? one)))

/**
 * A name as it can stand in a statement. In backticks the escapes of a text hold.
 * @throws TypeError for a NUL character, which no name holds
 */
export function quoteIdentifier(name: string): string {
  if (name.includes('\0')) throw new TypeError('an identifier cannot hold a NUL character')
  return `\`${escaped(name, '`')}\``
}

/** A path in one pair of backticks, as a wildcard table (`events_*`) must be written. */
export const quoteName = (...parts: readonly string[]): string => quoteIdentifier(parts.join('.'))

/** The name that an identifier of a statement means: case stays as it is, in backticks escapes are read. */
export function foldIdentifier(identifier: string): string {
  const quoted = /^`((?:[^`\\]|\\.)+)`$/s.exec(identifier)?.[1]
  return quoted === undefined
    ? identifier
    : quoted.replaceAll(/\\(.)/gs, (_, one: string) => ({ n: '\n', r: '\r' })[one] ?? one)
}

/** A text as a constant. */
export function quoteLiteral(text: string): string {
  if (text.includes('\0')) throw new TypeError('a text cannot hold a NUL character')
  return `'${escaped(text, "'")}'`
}
