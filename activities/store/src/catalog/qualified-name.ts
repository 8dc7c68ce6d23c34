import { sql, type RawBuilder } from 'kysely'

/** The part of a dotted name in a column: written in double quotes when it holds a dot or a double quote itself. */
export const sqlQuotedPart = (column: string): RawBuilder<string> => {
  const part = sql.ref(column)
  return sql<string>`case when ${part} ~ '[."]' then '"' || replace(${part}, '"', '""') || '"' else ${part} end`
}
