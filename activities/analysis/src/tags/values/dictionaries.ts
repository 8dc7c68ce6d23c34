import { allLocales, type LocaleDefinition } from '@faker-js/faker'
import type { ValueShape } from './value-shape.ts'

/** Comparable spelling: without accents and case. Other scripts stay as they are. */
export function plain(word: string): string {
  const lower = word.toLowerCase()
  return onlyAscii.test(lower) ? lower : lower.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC')
}

/** The same of a value, worked out once. */
export const plainOf = (shape: ValueShape): string => (shape.plain ??= plain(shape.value))

const onlyAscii = /^[ -~]*$/

type Sexed = { generic?: string[]; female?: string[]; male?: string[] } | string[] | null | undefined

const listsOf = (entry: Sexed): string[] =>
  Array.isArray(entry) ? entry : [...(entry?.generic ?? []), ...(entry?.female ?? []), ...(entry?.male ?? [])]

/** One set of all locales: which country a column comes from is not known. */
function collect(pick: (locale: LocaleDefinition) => readonly string[]): ReadonlySet<string> {
  const set = new Set<string>()
  for (const locale of Object.values(allLocales)) for (const word of pick(locale)) set.add(plain(word))
  return set
}

export const givenNames = collect(({ person }) => listsOf(person?.first_name))
export const familyNames = collect(({ person }) => listsOf(person?.last_name))
export const cities = collect(({ location }) => location?.city_name ?? [])
export const countries = collect(({ location }) => listsOf(location?.country))
const suffixes = collect(({ location }) => location?.street_suffix ?? [])
const prefixes = collect(({ location }) => location?.street_prefix ?? [])
/** Streets end (`Elm Street`) or begin (`Calle Mayor`) with one of these. */
export const streetWords: ReadonlySet<string> = new Set(
  [...suffixes, ...prefixes].map((word) => word.trim()).filter((word) => word.length > 1),
)
