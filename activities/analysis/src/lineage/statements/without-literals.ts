import { lex } from '../sql/lex.ts'
import type { SqlDialect } from '../sql/dialect.ts'

/**
 * A statement without the values in it, which may be anybody's data: texts become empty, numbers 0. It parses as before, and is not
 * longer. What stands in dollar quotes is code and is treated alike; `$1` and the like stay.
 */
export function withoutLiterals(sql: string, dialect: SqlDialect): string {
  let [kept, at] = ['', 0]
  for (const { kind, text, start, end } of lex(sql, dialect)) {
    if (kind !== 'string' && kind !== 'number') continue
    kept += sql.slice(at, start) + (kind === 'number' ? '0' : emptied(text, dialect))
    at = end
  }
  return kept + sql.slice(at)
}

function emptied(text: string, dialect: SqlDialect): string {
  const tag = /^\$\w*\$/.exec(text)?.[0]
  if (tag === undefined) return "''"
  const closed = text.length >= 2 * tag.length && text.endsWith(tag)
  return tag + withoutLiterals(text.slice(tag.length, closed ? -tag.length : undefined), dialect) + tag
}
