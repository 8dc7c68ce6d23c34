import type { IndexDocument, KeyDocument, SchemaChange } from '@plumbline/workflows'
import { changeOf } from './breaking.ts'

/** A text about a relation as it reads after the renames of its columns, which are changes of their own. */
export type Renamed = (text: string) => string

/** An identifier, quoted where it must be; a string is passed over whole. */
const identifier = /'(?:[^']|'')*'|"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu

export function renamedColumns(pairs: readonly [before: string, after: string][]): Renamed {
  const names = new Map(pairs.filter(([before, after]) => before !== after))
  if (names.size === 0) return (text) => text
  return (text) =>
    text.replaceAll(identifier, (token) => {
      if (token.startsWith("'")) return token
      const name = token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') : token
      const after = names.get(name)
      return after === undefined ? token : asIdentifier(after)
    })
}

/** As Postgres writes it; words that are reserved there stay unquoted here, and then count as changed. */
const asIdentifier = (name: string): string =>
  /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`

type Body<T> = (item: T) => string

/** Objects of a relation matched by name, and what is left by what they say: the second kind was only renamed. */
function match<T extends { name: string }>(before: T[], after: T[], oldBody: Body<T>, newBody: Body<T>) {
  const pairs: [T, T][] = []
  const lost = new Set(before)
  const found = new Set(after)
  const nameOf = ({ name }: T) => name
  for (const [keyOf, key] of [
    [nameOf, nameOf],
    [oldBody, newBody],
  ] as const) {
    const old = new Map([...lost].map((item) => [keyOf(item), item]))
    for (const next of found) {
      const partner = old.get(key(next))
      if (!partner || !lost.delete(partner)) continue
      found.delete(next)
      pairs.push([partner, next])
    }
  }
  return { pairs, removed: [...lost], added: [...found] }
}

const identifying = (key: KeyDocument) => key.kind === 'primary' || key.kind === 'unique'
const describeKey = (key: KeyDocument) => `${key.name}: ${key.definition}`

/**
 * What a key says, without the name of the table it points to: one that was renamed, or created again under its name, is the same to
 * a reader, and its own change is reported with it.
 */
function keyBody({ kind, definition, references }: KeyDocument): string {
  return `${kind} ${references ? definition.replace(/ REFERENCES .*?\((?=[^()]*\)[^()]*$)/, ' REFERENCES (') : definition}`
}

export function diffKeys(before: KeyDocument[], after: KeyDocument[], renamed: Renamed): SchemaChange[] {
  const old = (key: KeyDocument) => renamed(keyBody(key))
  const { pairs, removed, added } = match(before, after, old, keyBody)
  return [
    ...removed.map((key) => changeOf('key_removed', { before: describeKey(key) }, { identifying: identifying(key) })),
    ...added.map((key) => changeOf('key_added', { after: describeKey(key) })),
    ...pairs.flatMap(([from, to]) => {
      const same = old(from) === keyBody(to)
      if (same && from.name === to.name) return []
      const values = { before: describeKey(from), after: describeKey(to) }
      return [changeOf('key_changed', values, { identifying: identifying(from) && !same })]
    }),
  ]
}

/** What an index does, without its name and its table's: those change with a rename, and that is reported as such. */
function indexBody(index: IndexDocument): string {
  const using = index.definition.indexOf(' USING ')
  const rest = using === -1 ? index.columns.join(', ') : index.definition.slice(using)
  return `${index.unique ? 'unique ' : ''}${index.primary ? 'primary ' : ''}${index.method} ${rest}`
}

interface Structure {
  indexes: IndexDocument[]
  keys: KeyDocument[]
}

/** An index that carries a key of its name is reported as the key. */
export function diffIndexes(before: Structure, after: Structure, renamed: Renamed): SchemaChange[] {
  const old = (index: IndexDocument) => renamed(indexBody(index))
  const { pairs, removed, added } = match(withoutKeys(before), withoutKeys(after), old, indexBody)
  return [
    ...removed.map((index) => changeOf('index_removed', { before: index.definition })),
    ...added.map((index) => changeOf('index_added', { after: index.definition })),
    ...pairs.flatMap(([from, to]) =>
      from.name === to.name && old(from) === indexBody(to)
        ? []
        : [changeOf('index_changed', { before: from.definition, after: to.definition })],
    ),
  ]
}

function withoutKeys({ indexes, keys }: Structure): IndexDocument[] {
  const names = new Set(keys.filter(identifying).map((key) => key.name))
  return indexes.filter((index) => !names.has(index.name))
}
