import { renameKinds, textKinds, type SchemaChange } from '@plumbline/workflows'

type TextChange = Pick<SchemaChange, 'kind' | 'before' | 'after'>

/** New names by the old one. */
type Renames = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Sources write definitions with the names of now: the text of a view, a default or a key changes when a table or column that it
 * reads is renamed, though nobody changed it.
 *
 * @param renames all that was renamed in the time between; other changes are passed over
 * @returns whether a change says no more than that
 */
export function onlyFollows(renames: Iterable<TextChange>): (change: TextChange) => boolean {
  const names = renamesOf(renames)
  return ({ kind, before, after }) =>
    names.size > 0 &&
    textKinds.some((one) => one === kind) &&
    before !== null &&
    after !== null &&
    sameButRenamed(tokensOf(before), tokensOf(after), names)
}

function renamesOf(changes: Iterable<TextChange>): Renames {
  const names = new Map<string, Set<string>>()
  for (const { kind, before, after } of changes) {
    if (before === null || after === null || !renameKinds.some((one) => one === kind)) continue
    const known = names.get(before)
    if (known) known.add(after)
    else names.set(before, new Set([after]))
  }
  return names
}

/** Strings, names with or without quotes, numbers, and every other character by itself. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*|\d[\p{N}.]*|\S/gu
/** Words that the source writes itself are in capitals; a name that has any stands in quotes. */
const bareName = /^[\p{Ll}\p{Lo}_][^\p{Lu}]*$/u
const mark = 'name '

/**
 * Names are marked, so that they can be told from words and read alike with and without quotes. The sequence that a default takes its
 * numbers from is named in a string; every other string is itself.
 */
function tokensOf(text: string): string[] {
  const words = text.match(token) ?? []
  return words.flatMap((word, at) => {
    if (word.startsWith('"') && word.length > 1) return `${mark}${word.slice(1, -1).replaceAll('""', '"')}`
    if (word.startsWith("'") && words.slice(at + 1, at + 4).join('') === '::regclass')
      return tokensOf(word.slice(1, -1))
    return bareName.test(word) ? `${mark}${word}` : word
  })
}

/**
 * Reads both side by side. A column of a query that was renamed keeps the name it had for readers by an `AS`, which then stands in
 * one of the two alone.
 */
function sameButRenamed(before: readonly string[], after: readonly string[], renames: Renames): boolean {
  let old = 0
  let now = 0
  for (;;) {
    if (old < before.length && now < after.length && sameName(before[old], after[now], renames)) {
      old += 1
      now += 1
    } else if (aliasAt(after, now) && sameName(before[old - 1], after[now + 1], renames)) now += 2
    else if (aliasAt(before, old) && sameName(before[old + 1], after[now - 1], renames)) old += 2
    else return old === before.length && now === after.length
  }
}

const aliasAt = (tokens: readonly string[], at: number): boolean =>
  tokens[at] === 'AS' && (tokens[at + 1]?.startsWith(mark) ?? false)

/** Of a table that a query reads twice the second is called `orders_1`. */
const numbered = /^(.*?)(_\d+)$/s

function sameName(before: string | undefined, after: string | undefined, renames: Renames): boolean {
  if (before === undefined || after === undefined) return false
  if (before === after) return true
  if (!before.startsWith(mark) || !after.startsWith(mark)) return false
  const [old, now] = [before.slice(mark.length), after.slice(mark.length)]
  if (renames.get(old)?.has(now)) return true
  const [, oldBase = '', oldNumber] = numbered.exec(old) ?? []
  const [, nowBase = '', nowNumber] = numbered.exec(now) ?? []
  return oldNumber !== undefined && oldNumber === nowNumber && (renames.get(oldBase)?.has(nowBase) ?? false)
}
