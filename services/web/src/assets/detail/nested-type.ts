/** A field of a column whose type holds others. */
export interface NestedField {
  name: string
  /** From the column on: `address.place.lat`. */
  path: string
  /** Of a field of the column itself 1. */
  depth: number
  /** Without the fields of its own: `STRUCT`, `ARRAY<STRUCT>`, `NUMERIC(12, 2)`. */
  type: string
  nullable: boolean
}

interface ParsedType {
  type: string
  /** As they are written: `city STRING NOT NULL`. */
  fields: string[]
}

const holder = /^(STRUCT|OBJECT|ARRAY|MAP)\s*[<(](.*)[>)]$/is
const notNull = /\s+NOT\s+NULL$/i

/** The type of a column without the fields in it, as BigQuery (`STRUCT<…>`) and Snowflake (`OBJECT(…)`) write types. */
export const outerType = (nativeType: string): string => parsed(nativeType).type

/** The fields of a column, each before those in it; none of a plain type. */
export const nestedFields = (column: string, nativeType: string): NestedField[] => fieldsIn(column, nativeType, 1)

function fieldsIn(path: string, nativeType: string, depth: number): NestedField[] {
  return parsed(nativeType).fields.flatMap((written) => {
    const [, quoted, bare, rest = ''] = /^(?:[`"](.+?)[`"]|(\S+))\s+(.*)$/s.exec(written) ?? []
    const name = quoted ?? bare
    if (name === undefined) return []
    const own = rest.replace(notNull, '')
    const field = { name, path: `${path}.${name}`, depth, type: outerType(own), nullable: own === rest }
    return [field, ...fieldsIn(field.path, own, depth + 1)]
  })
}

function parsed(nativeType: string): ParsedType {
  const type = nativeType.replace(notNull, '')
  const [, word = '', inner = ''] = holder.exec(type) ?? []
  const parts = inner === '' ? [] : partsOf(inner)
  switch (word.toUpperCase()) {
    case 'STRUCT':
    case 'OBJECT':
      return { type: parts.length === 0 ? type : word, fields: parts }
    case 'ARRAY':
    case 'MAP': {
      const held = parts.map(parsed)
      const fields = held.at(-1)?.fields ?? []
      return { type: fields.length === 0 ? type : `${word}<${held.map((one) => one.type).join(', ')}>`, fields }
    }
    default:
      return { type, fields: [] }
  }
}

/** Cuts at the commas that are in no bracket and no quotes. */
function partsOf(text: string): string[] {
  const parts: string[] = []
  let [depth, quote, from] = [0, '', 0]
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (sign === '`' || sign === '"') quote = sign
    else if (sign === '<' || sign === '(') depth++
    else if (sign === '>' || sign === ')') depth--
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim())
      from = at + 1
    }
  }
  return [...parts, text.slice(from).trim()]
}
