import { allLocales, type LocaleDefinition } from '@faker-js/faker'
import type { ValueShape } from './value-shape.ts'

/** Comparable spelling: without accents and case. Other scripts stay as they are. */
export function plain(word: string): string {
  const lower = word.toLowerCase()
  return onlyAscii.test(lower) ? lower : lower.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC')
}

/** The same of a value, worked out once. */
export const plainOf = (shape: ValueShape): string =>
  (shape.plain ??= shape.ascii ? shape.value.toLowerCase() : plain(shape.value))

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

/** Bits: a word may be both. */
const [family, given] = [1, 2]
/** One look finds both: the dictionary is far larger than what a processor has at hand. */
const names = new Map<string, number>()
for (const word of collect(({ person }) => listsOf(person?.first_name))) names.set(word, given)
for (const word of collect(({ person }) => listsOf(person?.last_name))) names.set(word, (names.get(word) ?? 0) | family)

export const isName = (word: string): boolean => names.has(word)
export const isFamilyName = (word: string): boolean => ((names.get(word) ?? 0) & family) !== 0
/** How much a word says that it stands in a full name: 2 for a given name, 1 for one that is a family name only, 0 for neither. */
export const namePoints = (word: string): number => Math.min(names.get(word) ?? 0, given)

const places = new Set([
  ...collect(({ location }) => location?.city_name ?? []),
  ...collect(({ location }) => listsOf(location?.country)),
])
/** A city or a country. */
export const isPlace = (word: string): boolean => places.has(word)

const suffixes = collect(({ location }) => location?.street_suffix ?? [])
const prefixes = collect(({ location }) => location?.street_prefix ?? [])
/** Streets end (`Elm Street`) or begin (`Calle Mayor`) with one of these. */
export const streetWords: ReadonlySet<string> = new Set(
  [...suffixes, ...prefixes].map((word) => word.trim()).filter((word) => word.length > 1),
)
