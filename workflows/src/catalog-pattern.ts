/** `schema` or `schema.relation`, both as they are written. */
export interface Pattern {
  schema: string
  /** Null: all of the schema. */
  relation: string | null
}

/** A name in double quotes stands for itself, whatever it holds; a double quote in it is written twice. */
const quoted = '"(?:[^"\\0]|"")+"'
const part = `(?:${quoted}|[^".\\0])+`

/** What a pattern that was written without a mistake looks like. */
export const patternShape = new RegExp(`^${part}(?:\\.${part})?$`)

export const patternHelp =
  'schema or schema.relation, where * is any text and ? any one character; a name that holds a dot, a star, a question mark or ' +
  'a double quote stands in double quotes, as "odd.schema"."a table"'

const tokens = new RegExp(`${quoted}|.`, 'gsu')

/** `sales` and `sales.*` are all of the schema, `*.tmp_*` is in every schema. A quote that nothing closes is itself. */
export function parsePattern(pattern: string): Pattern {
  const parts: string[] = pattern.match(tokens) ?? []
  const dot = parts.indexOf('.')
  if (dot === -1) return { schema: pattern, relation: null }
  const relation = parts.slice(dot + 1).join('')
  return { schema: parts.slice(0, dot).join(''), relation: relation === '*' ? null : relation }
}

/** One part of a pattern as a regular expression of Postgres: `*` is any text, `?` any one character, the rest is itself. */
export function patternRegex(text: string): string {
  return (text.match(tokens) ?? [])
    .map((token) => {
      if (token === '*') return '.*'
      if (token === '?') return '.'
      return escaped(isQuoted(token) ? token.slice(1, -1).replaceAll('""', '"') : token)
    })
    .join('')
}

const isQuoted = (token: string): boolean => token.length > 1 && token.startsWith('"')
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
