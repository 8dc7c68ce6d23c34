import { queryString, type QueryValue } from './api/http.ts'

/** What the address holds behind the `?`: a name given several times is a list. */
export type RawSearch = Record<string, string | string[]>

/** The same spelling as the HTTP API (`status=failed&status=cancelled`), so that a filter can be copied between the two. */
export function parseSearch(text: string): RawSearch {
  const search: RawSearch = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = search[name]
    search[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  return search
}

export function stringifySearch(search: Record<string, unknown>): string {
  const query: Record<string, QueryValue> = {}
  for (const [name, value] of Object.entries(search)) query[name] = queryValue(value)
  return queryString(query)
}

function queryValue(value: unknown): QueryValue {
  if (Array.isArray(value)) return value.map(String)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return undefined
}

/** The text under a name; the first where there are several, undefined for none or the empty one. */
export function textOf(raw: Record<string, unknown>, name: string): string | undefined {
  const value = raw[name]
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first.trim() !== '' ? first : undefined
}

/** The values under a name that are among the known ones; undefined when none is. An old or mistyped link still opens. */
export function chosenOf<Value extends string>(
  raw: Record<string, unknown>,
  name: string,
  known: readonly Value[],
): Value[] | undefined {
  const value = raw[name]
  const given = new Set<unknown>(Array.isArray(value) ? value : [value])
  const chosen = known.filter((one) => given.has(one))
  return chosen.length === 0 ? undefined : chosen
}

/** The one value under a name that is known, or undefined. */
export function oneOf<Value extends string>(
  raw: Record<string, unknown>,
  name: string,
  known: readonly Value[],
): Value | undefined {
  return chosenOf(raw, name, known)?.[0]
}
